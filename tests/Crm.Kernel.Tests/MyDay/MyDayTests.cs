using System.Net;
using System.Text.RegularExpressions;
using Crm.Abstractions.Security;
using Crm.Kernel.MyDay;
using Crm.Kernel.Users;
using Crm.Testing;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.Tests.MyDay;

/// <summary>Everybody arranges his day; who arranged nothing has his role's.</summary>
public abstract partial class MyDayTests(CrmHost host)
{
    private readonly People _people = new(host);

    [Fact]
    public async Task A_tile_is_moved_widened_put_away_and_taken_back_by_its_reader_alone()
    {
        var (first, second) = (await SomebodyAsync(), await SomebodyAsync());
        using var mine = await Browser.SignedInAsync(host, first);
        using var others = await Browser.SignedInAsync(host, second);
        var before = await TilesAsync(mine);
        Assert.Contains("core.mine", before);
        await ChangeAsync(mine, "Move&by=-50", "core.mine");
        Assert.Equal("core.mine", (await TilesAsync(mine))[0]);
        await ChangeAsync(mine, "Move", "core.mine", ("index", "1"));
        Assert.Equal("core.mine", (await TilesAsync(mine))[1]);
        await ChangeAsync(mine, "Hide", "core.notices");
        Assert.DoesNotContain("core.notices", await TilesAsync(mine));
        await ChangeAsync(mine, "Width", "core.mine");
        Assert.Contains("tile-12 tile-arranged\" data-id=\"core.mine\"", await mine.ReadAsync("/?arrange=true"), StringComparison.Ordinal);
        await ChangeAsync(mine, "Show", "core.notices");
        Assert.Equal("core.notices", (await TilesAsync(mine))[^1]);
        Assert.Equal(before, await TilesAsync(others));
        using var reset = await mine.PostAsync("/?handler=Reset", [], "/?arrange=true");
        Assert.Equal(before, await TilesAsync(mine));
    }

    [Fact]
    public async Task The_start_page_of_a_role_is_what_an_administrator_made_of_it()
    {
        Guid role = default;
        await host.InAsync(async db => role = await db.Set<Role>().Where(r => r.Name == ReadyRoles.Analyst).Select(r => r.Id).SingleAsync());
        using var admin = await Browser.SignedInAsync(host, "admin");
        await ChangeAsync(admin, "Move&by=-50", "core.others");
        using var saved = await admin.PostAsync("/?handler=Role", new() { ["role"] = role.ToString() }, "/?arrange=true");
        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        using var analyst = await Browser.SignedInAsync(host, await SomebodyAsync(ReadyRoles.Analyst));
        Assert.Equal("core.others", (await TilesAsync(analyst))[0]);
        using var sales = await Browser.SignedInAsync(host, await SomebodyAsync());
        Assert.NotEqual("core.others", (await TilesAsync(sales))[0]);
        using var refused = await sales.PostAsync("/?handler=Role", new() { ["role"] = role.ToString() }, "/?arrange=true");
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    [Fact]
    public async Task The_start_page_of_a_role_goes_with_the_role()
    {
        var role = new Role { Name = $"r{Guid.CreateVersion7():N}", Label = "Short-lived" };
        await host.InAsync(async db =>
        {
            db.Add(role);
            await db.SaveChangesAsync();
        });
        using var admin = await Browser.SignedInAsync(host, "admin");
        using var saved = await admin.PostAsync("/?handler=Role", new() { ["role"] = role.Id.ToString() }, "/?arrange=true");
        await host.InAsync(async db => Assert.True(await db.Set<DayPlan>().AnyAsync(p => p.OwnerId == role.Id)));
        using var removed = await admin.PostAsync($"/admin/roles/{role.Id}?handler=Remove", [], $"/admin/roles/{role.Id}");
        await host.InAsync(async db =>
        {
            Assert.False(await db.Set<Role>().AnyAsync(r => r.Id == role.Id));
            Assert.False(await db.Set<DayPlan>().AnyAsync(p => p.OwnerId == role.Id));
        });
    }

    [Fact]
    public async Task A_tile_that_is_not_there_is_not_placed()
    {
        using var browser = await Browser.SignedInAsync(host, await SomebodyAsync());
        using var answer = await browser.PostAsync("/?handler=Hide", new() { ["id"] = "core.nothing" }, "/?arrange=true");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private static async Task ChangeAsync(Browser browser, string handler, string tile, params (string Name, string Value)[] more)
    {
        var fields = more.ToDictionary(m => m.Name, m => m.Value, StringComparer.Ordinal);
        fields["id"] = tile;
        using var answer = await browser.PostAsync($"/?handler={handler}", fields, "/?arrange=true");
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
    }

    private static async Task<List<string>> TilesAsync(Browser browser) =>
        [.. Tile().Matches(await browser.ReadAsync("/?arrange=true")).Select(m => m.Groups["name"].Value)];

    private async Task<string> SomebodyAsync(string role = ReadyRoles.Sales)
    {
        var name = "day" + Guid.CreateVersion7().ToString("N");
        await _people.UserAsync(name, role);
        return name;
    }

    [GeneratedRegex("data-id=\"(?<name>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Tile();
}

/// <summary>On SQLite.</summary>
public sealed class MyDayOnSqlite(SqliteHost host) : MyDayTests(host), IClassFixture<SqliteHost>;

/// <summary>On PostgreSQL.</summary>
public sealed class MyDayOnPostgres(PostgresHost host) : MyDayTests(host), IClassFixture<PostgresHost>;
