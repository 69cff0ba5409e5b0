using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Crm.Kernel.Data;
using Crm.Kernel.Hosting;
using Crm.Kernel.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Crm.Testing;

/// <summary>The real server on a database of its own, listening on loopback: one a test class.</summary>
public abstract class CrmHost : IAsyncLifetime
{
    private WebApplication? _app;
    private string _directory = "";

    /// <summary>Where it listens.</summary>
    public Uri Address => new(App.Urls.First());

    /// <summary>The server's services.</summary>
    public IServiceProvider Services => App.Services;

    /// <summary>The settings by which another server finds the same data.</summary>
    public IReadOnlyDictionary<string, string?> Said { get; private set; } = new Dictionary<string, string?>();

    /// <summary>Its data directory.</summary>
    public string DataDirectory => _directory;

    /// <summary>Settings that a fixture adds.</summary>
    protected virtual IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>();

    /// <summary>Adds what only this fixture's server has.</summary>
    /// <param name="services">Takes it.</param>
    protected virtual void Configure(IServiceCollection services)
    {
    }

    private WebApplication App => _app ?? throw new InvalidOperationException("The server has not started.");

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        _directory = Directory.CreateTempSubdirectory("crm-test-").FullName;
        var settings = new Dictionary<string, string?>(Settings) { ["Data:Directory"] = _directory };
        await DatabaseAsync(settings);
        Said = settings;
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = "crm",
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = "Production",
        });
        builder.Configuration.AddInMemoryCollection(settings);
        builder.WebHost.UseSetting("urls", "http://127.0.0.1:0");
        // Styles and scripts of the theme lie where they were built, and only a development server looks there by itself.
        builder.WebHost.UseStaticWebAssets();
        builder.Logging.ClearProviders();
        builder.AddCrm();
        Configure(builder.Services);
        _app = builder.Build();
        _app.UseCrm();
        await _app.PrepareAsync(CancellationToken.None);
        await SeedAsync();
        await _app.StartAsync();
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
        }

        await DropAsync();
        Directory.Delete(_directory, recursive: true);
    }

    /// <summary>A browser without cookies that does not follow redirects.</summary>
    public HttpClient Anonymous() =>
        new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = Address };

    /// <summary>A client of the API with a token of the user.</summary>
    /// <param name="user">Whose token.</param>
    /// <param name="scopes">The token's scopes.</param>
    public async Task<HttpClient> ApiAsync(Guid user, string scopes = "")
    {
        var token = await TokenAsync(user, scopes);
        var client = Anonymous();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    /// <summary>A new token of the user.</summary>
    /// <param name="user">Whose token.</param>
    /// <param name="scopes">Its scopes.</param>
    public async Task<string> TokenAsync(Guid user, string scopes = "")
    {
        var token = Convert.ToHexString(RandomNumberGenerator.GetBytes(20));
        await InAsync(async db =>
        {
            db.Add(new ApiToken { UserId = user, Name = "test", Scopes = scopes, Hash = SHA256.HashData(Encoding.UTF8.GetBytes(token)) });
            await db.SaveChangesAsync();
        });
        return token;
    }

    /// <summary>Does something in a scope of the server's, as the server itself.</summary>
    internal async Task InAsync(Func<KernelDb, Task> work, Guid? actingUser = null)
    {
        await using var scope = Services.CreateAsyncScope();
        var actor = scope.ServiceProvider.GetRequiredService<Actor>();
        (actor.IsSystem, actor.UserId, actor.Door) = (actingUser is null, actingUser, "command");
        await work(scope.ServiceProvider.GetRequiredService<KernelDb>());
    }

    /// <summary>Adds what every test of the class finds; an administrator, so that set-up is done.</summary>
    protected virtual Task SeedAsync() => new People(this).AdministratorAsync();

    /// <summary>Makes the database and says where it is.</summary>
    /// <param name="settings">Takes the settings.</param>
    protected abstract Task DatabaseAsync(IDictionary<string, string?> settings);

    /// <summary>Removes the database.</summary>
    protected abstract Task DropAsync();
}
