using Crm.Kernel.Hosting;
using Crm.Kernel.Users;
using Crm.Ui.Shell;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Crm.Kernel.SignIn;

/// <summary>The table of contents of signing in.</summary>
internal static class SignInServices
{
    public static void AddSignIn(this IServiceCollection services)
    {
        services.AddIdentityCore<User>(o =>
            {
                // The lengths and guesses are PasswordRules'.
                o.Password.RequiredLength = PasswordRules.Shortest;
                o.Password.RequiredUniqueChars = 1;
                o.Password.RequireDigit = o.Password.RequireLowercase = o.Password.RequireUppercase = o.Password.RequireNonAlphanumeric = false;
                o.User.AllowedUserNameCharacters = "";
                o.Lockout.MaxFailedAccessAttempts = Attempts.Allowed;
                o.Lockout.DefaultLockoutTimeSpan = Attempts.Pause;
            })
            .AddUserStore<UserStore>()
            .AddPasswordValidator<PasswordRules>()
            .AddTokenProvider<AuthenticatorTokenProvider<User>>(TokenOptions.DefaultAuthenticatorProvider);
        services.Configure<PasswordHasherOptions>(o => o.IterationCount = 210_000);
        services.AddScoped<PasswordRules>();
        services.AddScoped<Attempts>();
        services.AddScoped<SignInWithPassword>();
        services.AddScoped<SignInWithCode>();
        services.AddScoped<CheckPassword>();
        services.AddScoped<UsedCodes>();
        services.AddScoped<SignedIn>();
        services.AddScoped<IUserZone>(s => s.GetRequiredService<SignedIn>());
        services.TryAddSingleton<IShell, Shell>();
        services.AddScoped<CookieChecks>();
        services.Configure<CookieAuthenticationOptions>(KernelWeb.Cookie, o => o.EventsType = typeof(CookieChecks));
        new AuthenticationBuilder(services).AddCookie(Ticket.HalfWay, o =>
        {
            o.Cookie.Name = "crm-halfway";
            o.Cookie.SameSite = SameSiteMode.Strict;
            o.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            o.ExpireTimeSpan = TimeSpan.FromMinutes(5);
            o.SlidingExpiration = false;
        });
    }
}
