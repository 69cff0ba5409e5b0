using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Crm.Abstractions.Security;
using Crm.Kernel.Notifications;
using Crm.Kernel.Users;
using Crm.Testing;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.Tests.Notifications;

/// <summary>Who is named in a text with an @ is told once, if he may see what it is about.</summary>
public abstract class MentionTests(CrmHost host)
{
    [Fact]
    public async Task Who_is_named_is_told_once_and_the_longer_name_is_meant()
    {
        var tag = Guid.CreateVersion7().ToString("N")[20..];
        var writer = await NamedAsync("Writer " + tag);
        var (anna, annaMaria, other) = (await NamedAsync("Anna " + tag), await NamedAsync($"Anna {tag} Bērziņa"), await NamedAsync("Other " + tag));
        using var api = await host.ApiAsync(writer);
        var person = await MadeAsync(api, "people", new { firstName = "A", lastName = "Customer" });
        var note = await MadeAsync(api, $"people/{person}/notes", new { text = $"Ask @anna {tag} berzina, please. Not mail@Other {tag}." });
        Assert.Equal((0, 1, 0), (await ToldAsync(anna), await ToldAsync(annaMaria), await ToldAsync(other)));

        // Written anew it tells only those who were not named before.
        using var read = await api.GetAsync(new Uri($"/api/v1/notes/{note}", UriKind.Relative));
        using var change = new HttpRequestMessage(HttpMethod.Patch, new Uri($"/api/v1/notes/{note}", UriKind.Relative))
        {
            Content = JsonContent.Create(new { text = $"Ask @Anna {tag} Bērziņa and (@Anna {tag}), @Writer {tag}" }),
            Headers = { IfMatch = { read.Headers.ETag! } },
        };
        using var changed = await api.SendAsync(change);
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        Assert.Equal((1, 1, 0, 0), (await ToldAsync(anna), await ToldAsync(annaMaria), await ToldAsync(other), await ToldAsync(writer)));
    }

    [Fact]
    [Trait("F", "15")]
    public async Task Who_may_not_see_the_record_reads_nothing_of_it()
    {
        var tag = Guid.CreateVersion7().ToString("N")[20..];
        var name = "stranger" + tag;
        var stranger = await new People(host).UserAsync(name, ReadyRoles.Sales);
        using var api = await host.ApiAsync(await NamedAsync("Keeper " + tag));
        var person = await MadeAsync(api, "people", new { firstName = "Hidden", lastName = tag });
        await MadeAsync(api, $"people/{person}/notes", new { text = $"Ask @{name}" });
        Assert.Equal(1, await ToldAsync(stranger));
        using var browser = await Browser.SignedInAsync(host, name);
        Assert.DoesNotContain("names you", await browser.ReadAsync("/notifications"), StringComparison.Ordinal);
    }

    private async Task<Guid> NamedAsync(string name)
    {
        var id = await new People(host).UserAsync("m" + Guid.CreateVersion7().ToString("N"), ReadyRoles.Sales);
        await host.InAsync(async db =>
        {
            (await db.Set<User>().SingleAsync(u => u.Id == id)).Name = name;
            await db.SaveChangesAsync();
        });
        return id;
    }

    private async Task<int> ToldAsync(Guid user)
    {
        var told = 0;
        await host.InAsync(async db => told = await db.Set<Notification>().CountAsync(n => n.UserId == user && n.Kind == Mentions.Kind.Name));
        return told;
    }

    private static async Task<Guid> MadeAsync(HttpClient api, string plural, object record)
    {
        using var answer = await api.PostAsJsonAsync(new Uri($"/api/v1/{plural}", UriKind.Relative), record);
        Assert.True(answer.StatusCode == HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
    }
}

/// <summary>On SQLite.</summary>
public sealed class MentionsOnSqlite(SqliteHost host) : MentionTests(host), IClassFixture<SqliteHost>;

/// <summary>On PostgreSQL.</summary>
public sealed class MentionsOnPostgres(PostgresHost host) : MentionTests(host), IClassFixture<PostgresHost>;
