using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Crm.Abstractions.Security;
using Crm.Contacts.Contacts;
using Crm.Kernel.Security;
using Crm.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Contacts.Tests.Phones;

/// <summary>The country that an administrator chose reads the numbers that name none.</summary>
public abstract class SiteCountryTests(CrmHost host)
{
    [Fact]
    [Trait("F", "2")]
    public async Task A_number_is_read_by_the_country_that_was_chosen_on_the_settings_page()
    {
        using var api = await host.ApiAsync(await new Crm.Testing.People(host).UserAsync($"u{Guid.CreateVersion7():N}", ReadyRoles.Sales));
        Assert.Equal("030 123456", await PhoneAsync(api));
        using var browser = await Browser.SignedInAsync(host, "admin");
        using var saved = await browser.PostAsync("/admin/settings", new() { ["Input.Name"] = "Werk", ["Input.Country"] = "DE", ["Input.TimeZone"] = "Europe/Berlin", ["Input.Language"] = "en-GB" });
        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        Assert.Equal("+4930123456", await PhoneAsync(api));

        // What was given before is read by the job, which an administrator may run at once.
        await using var scope = host.Services.CreateAsyncScope();
        (scope.ServiceProvider.GetRequiredService<Actor>().IsSystem, scope.ServiceProvider.GetRequiredService<Actor>().Door) = (true, "job");
        Assert.Equal(1, await ActivatorUtilities.CreateInstance<ReadPhones>(scope.ServiceProvider).RunAsync(default));
        var all = await api.GetFromJsonAsync<JsonElement>(new Uri("/api/v1/people?filter=" + Uri.EscapeDataString("phones eq \"+4930123456\""), UriKind.Relative));
        Assert.Equal(2, all.GetProperty("items").GetArrayLength());
    }

    private static async Task<string?> PhoneAsync(HttpClient api)
    {
        using var made = await api.PostAsJsonAsync(
            new Uri("/api/v1/people", UriKind.Relative), new { firstName = "Anna", lastName = "Berg", phones = new[] { new { kind = "work", value = "030 123456" } } });
        Assert.True(made.StatusCode == HttpStatusCode.Created, await made.Content.ReadAsStringAsync());
        return (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("phones")[0].GetProperty("value").GetString();
    }
}

/// <summary>On SQLite.</summary>
public sealed class SiteCountryOnSqlite(SqliteHost host) : SiteCountryTests(host), IClassFixture<SqliteHost>;

/// <summary>On PostgreSQL.</summary>
public sealed class SiteCountryOnPostgres(PostgresHost host) : SiteCountryTests(host), IClassFixture<PostgresHost>;
