using System.Net;
using Crm.Abstractions.Security;
using Crm.Kernel.Notifications;
using Crm.Kernel.Tests.Records;
using Crm.Testing;

namespace Crm.Kernel.Tests.Notifications;

/// <summary>Somebody's notices: the newest that he may still see, however many he may not.</summary>
public abstract class MyNoticesTests(CrmHost host)
{
    [Fact]
    [Trait("F", "43")]
    public async Task Older_notices_are_found_behind_many_that_are_not_his_to_see()
    {
        var people = new People(host);
        var name = "reader" + Guid.CreateVersion7().ToString("N")[20..];
        var reader = await people.UserAsync(name, ReadyRoles.Sales);
        var hidden = await host.MakeAsync(await people.AdministratorAsync(), "people", ("lastName", "Hidden"));
        var at = TimeProvider.System.GetUtcNow().AddDays(-1);
        await host.InAsync(async db =>
        {
            db.AddRange(Enumerable.Range(0, 8).Select(n => Notice(reader, $"Plain {n}", at.AddMinutes(n), null)));
            db.AddRange(Enumerable.Range(0, 40).Select(n => Notice(reader, $"Secret {n}", at.AddHours(1).AddMinutes(n), hidden.Id)));
            await db.SaveChangesAsync();
        });
        using var browser = await Browser.SignedInAsync(host, name);
        var tile = await browser.PieceAsync("/day/notices");
        Assert.Contains("Plain 7", tile, StringComparison.Ordinal);
        Assert.Contains("Plain 2", tile, StringComparison.Ordinal);
        Assert.DoesNotContain("Plain 1", tile, StringComparison.Ordinal);
        Assert.DoesNotContain("Secret", tile, StringComparison.Ordinal);
        Assert.DoesNotContain("Secret", await browser.ReadAsync("/notifications"), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("F", "15")]
    public async Task A_notice_of_what_he_may_not_see_is_not_opened()
    {
        var people = new People(host);
        var name = "opener" + Guid.CreateVersion7().ToString("N")[20..];
        var reader = await people.UserAsync(name, ReadyRoles.Sales);
        var hidden = await host.MakeAsync(await people.AdministratorAsync(), "people", ("lastName", "Hidden"));
        var (secret, plain) = (Notice(reader, "Secret", TimeProvider.System.GetUtcNow(), hidden.Id), Notice(reader, "Plain", TimeProvider.System.GetUtcNow(), null));
        await host.InAsync(async db =>
        {
            db.AddRange(secret, plain);
            await db.SaveChangesAsync();
        });
        using var browser = await Browser.SignedInAsync(host, name);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync($"/notifications?open={secret.Id}")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await browser.GetAsync($"/notifications?open={plain.Id}")).StatusCode);
    }

    private static Notification Notice(Guid user, string text, DateTimeOffset at, Guid? record) =>
        new() { Id = Guid.CreateVersion7(at), UserId = user, At = at, Kind = "core.test", Text = text, RecordId = record, Url = record is null ? "/" : null };
}

/// <summary>On SQLite.</summary>
public sealed class MyNoticesOnSqlite(SqliteHost host) : MyNoticesTests(host), IClassFixture<SqliteHost>;

/// <summary>On PostgreSQL.</summary>
public sealed class MyNoticesOnPostgres(PostgresHost host) : MyNoticesTests(host), IClassFixture<PostgresHost>;
