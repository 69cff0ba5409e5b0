using System.Text.Encodings.Web;
using System.Text.Unicode;
using Crm.Abstractions.Modules;
using Crm.Abstractions.Security;
using Crm.Kernel.Api;
using Crm.Kernel.Data;
using Crm.Kernel.Live;
using Crm.Kernel.Modules;
using Crm.Kernel.RecordPages;
using Crm.Kernel.Security;
using Crm.Kernel.Setup;
using Crm.Kernel.SignIn;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Crm.Kernel.Hosting;

/// <summary>The web side of the kernel: who is asking, what they may, what is on.</summary>
public static partial class KernelWeb
{
    /// <summary>The name of the cookie's scheme.</summary>
    public const string Cookie = "Crm.Cookie";

    internal static void AddKernelWeb(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddLocalization();
        services.AddHttpContextAccessor();
        services.AddProblemDetails();
        services.AddRecordPages();
        services.Configure<RazorPagesOptions>(o => o.Conventions.Add(new ModuleStampConvention()));
        services.AddAntiforgery(o => o.HeaderName = "RequestVerificationToken");
        services.AddDataProtection().SetApplicationName("crm");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>, KeysInDatabase>();
        services.AddAuthentication(Schemes.Choose)
            .AddPolicyScheme(Schemes.Choose, null, o => o.ForwardDefaultSelector = Schemes.Of)
            .AddCookie(Cookie, o =>
            {
                o.LoginPath = "/login";
                o.AccessDeniedPath = "/denied";
                o.Cookie.Name = "crm";
                o.Cookie.SameSite = SameSiteMode.Lax;
                o.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
                o.ExpireTimeSpan = TimeSpan.FromDays(14);
            })
            .AddScheme<AuthenticationSchemeOptions, TokenHandler>(Schemes.Token, null);
        services.AddSingleton<IAuthorizationPolicyProvider, PermissionPolicies>();
        services.AddScoped<IAuthorizationHandler, PermissionHandler>();
        services.AddAuthorization(o => o.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        // Names in every script as they are written.
        services.AddWebEncoders(o => o.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        services.AddRecordApi();
        services.AddSignIn();
        services.AddSetup();
        _ = configuration;
    }

    /// <summary>The order in which a request passes.</summary>
    public static void UseCrm(this WebApplication app)
    {
        WarmModel(app.Services);
        app.UseExceptionHandler("/error");
        app.UseStatusCodePagesWithReExecute("/error", "?code={0}");
        app.UseMiddleware<ApiProblems>();
        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<PlainAddresses>();
        var catalog = app.Services.GetRequiredService<ModuleCatalog>();
        app.UsePluginFiles(catalog);
        app.UseRouting();
        app.UseMiddleware<SetupGate>();
        app.UseAuthentication();
        app.UseMiddleware<ActorMiddleware>();
        app.UseMiddleware<ReaderCulture>();
        app.UseMiddleware<ModuleGate>();
        app.UseAuthorization();
        app.MapStaticAssets().AllowAnonymous();
        app.MapHealth();
        app.MapLive();
        app.MapRazorPages();
        app.MapRecordPages();
        app.MapRecordApi();
        foreach (var (startup, features) in app.Services.GetRequiredService<ModuleStartups>().All)
            catalog.Try(startup, () => startup.Configure(app.MapGroup("").WithMetadata(new ModuleStamp(features))));
        foreach (var failed in catalog.FailedModules)
            LogFailed(app.Logger, failed.Id, failed.Reason);
    }

    // The database's model takes as long to make as all addresses: one is made beside the other. Whoever needs it first waits for it, and hears what is wrong with it.
    private static void WarmModel(IServiceProvider services) => ThreadPool.QueueUserWorkItem(_ =>
    {
        try
        {
            using var db = services.GetRequiredService<IDbContextFactory<KernelDb>>().CreateDbContext();
            db.Model.GetEntityTypes();
        }
        catch (Exception)
        {
            // Said by whoever needs it.
        }
    });

    [LoggerMessage(LogLevel.Error, "Module {Module} does not run. {Reason}")]
    private static partial void LogFailed(ILogger log, string module, string reason);
}

/// <summary>Says which features an endpoint belongs to.</summary>
internal sealed record ModuleStamp(IReadOnlyList<string> Features);
