using System.Net;
using Crm.Kernel.Jobs;
using Crm.Kernel.Security;
using Crm.Kernel.Setup;
using Crm.Kernel.Settings;
using Crm.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Tests.Setup;

/// <summary>The first set-up, on a server without administrator.</summary>
public abstract class SetupTests(CrmHost host)
{
    [Fact]
    public async Task A_new_server_is_set_up_by_who_has_the_code_of_the_console_and_by_nobody_else()
    {
        using var browser = new Browser(host);
        using var home = await browser.GetAsync("/contacts/people");
        Assert.Equal("/setup", home.Headers.Location?.ToString());
        using var api = await browser.GetAsync("/api/v1/people");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, api.StatusCode);
        Assert.Equal("application/problem+json", api.Content.Headers.ContentType?.MediaType);

        using var stranger = await browser.PostAsync("/setup", Answers("AAAA-AAAA", "long enough words"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, stranger.StatusCode);
        var code = host.Services.GetRequiredService<SetupCode>().Text;
        using var weak = await browser.PostAsync("/setup", Answers(code, "password12"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, weak.StatusCode);
        Assert.Contains("too easy to guess", await weak.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        using var done = await browser.PostAsync("/setup", Answers(code, "long enough words"));
        Assert.Equal("/", done.Headers.Location?.ToString());
        Assert.Equal(new Site("Acme", "LV", "Europe/Riga", "en-GB"), host.Services.GetRequiredService<SiteSettings>().Now);
        Assert.Contains("Acme", await browser.ReadAsync("/admin"), StringComparison.Ordinal);
        using var again = await browser.GetAsync("/setup");
        Assert.Equal("/", again.Headers.Location?.ToString());
        await using var scope = host.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Actor>().IsSystem = true;
        Assert.Equal("in order", (await scope.ServiceProvider.GetRequiredService<AskJob>().CompleteAsync("core.sort-titles", default)).Result);
    }

    private static Dictionary<string, string> Answers(string code, string password) => new()
    {
        ["Input.Code"] = code,
        ["Input.Name"] = "Anna",
        ["Input.Email"] = "anna@example.org",
        ["Input.Password"] = password,
        ["Input.SiteName"] = "Acme",
        ["Input.Country"] = "LV",
        ["Input.TimeZone"] = "Europe/Riga",
        ["Input.Language"] = "en-GB",
    };
}

/// <summary>A server that nobody set up, on SQLite.</summary>
public sealed class EmptySqliteHost : SqliteHost
{
    /// <inheritdoc/>
    protected override Task SeedAsync() => Task.CompletedTask;
}

/// <summary>A server that nobody set up, on PostgreSQL.</summary>
public sealed class EmptyPostgresHost : PostgresHost
{
    /// <inheritdoc/>
    protected override Task SeedAsync() => Task.CompletedTask;
}

/// <summary>On SQLite.</summary>
public sealed class SetupOnSqlite(EmptySqliteHost host) : SetupTests(host), IClassFixture<EmptySqliteHost>;

/// <summary>On PostgreSQL.</summary>
public sealed class SetupOnPostgres(EmptyPostgresHost host) : SetupTests(host), IClassFixture<EmptyPostgresHost>;
