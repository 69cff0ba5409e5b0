using System.Net;
using Crm.Abstractions.Security;
using Crm.Kernel.RecordPages;
using Crm.Kernel.Tests.Api;
using Crm.Testing;

namespace Crm.Kernel.Tests.Filters;

/// <summary>A saved view is a segment: a word of every filter, with its reader's own rights.</summary>
public abstract class SegmentTests(CrmHost host)
{
    [Fact]
    public async Task A_saved_view_is_a_word_of_the_filter_and_shows_each_reader_his_own_rows()
    {
        var people = new People(host);
        var mark = Guid.CreateVersion7().ToString("N");
        var seller = await people.UserAsync($"s{mark}", ReadyRoles.Sales);
        using var admin = await host.ApiAsync(await people.AdministratorAsync());
        using var sales = await host.ApiAsync(seller);
        await ViewAsync($"Board {mark}", $"jobTitle eq \"Board {mark}\"", null);
        await admin.MadeAsync("people", new { lastName = "Adams", jobTitle = $"Board {mark}" });
        await sales.MadeAsync("people", new { lastName = "Sells", jobTitle = $"Board {mark}" });
        await admin.MadeAsync("people", new { lastName = "Nobody", jobTitle = $"Clerk {mark}" });
        Assert.Equal(["Adams", "Sells"], (await admin.GotAsync($"/api/v1/people?filter=segment eq \"board {mark}\"")).Titles());
        Assert.Equal(["Sells"], (await sales.GotAsync($"/api/v1/people?filter=segment eq \"Board {mark}\"")).Titles());
        Assert.Equal(["Nobody"], (await admin.GotAsync($"/api/v1/people?filter=segment ne \"Board {mark}\" and jobTitle contains \"{mark}\"")).Titles());
        await ViewAsync($"Clerks {mark}", $"jobTitle eq \"Clerk {mark}\"", null);
        await ViewAsync($"Both {mark}", $"segment in (\"Board {mark}\", \"Clerks {mark}\") and lastName ne \"Adams\"", null);
        Assert.Equal(["Nobody", "Sells"], (await admin.GotAsync($"/api/v1/people?filter=segment eq \"Both {mark}\"")).Titles());
    }

    [Fact]
    public async Task A_segment_that_is_not_there_is_somebody_elses_contains_itself_or_asks_for_more_than_allowed_is_refused()
    {
        var people = new People(host);
        var mark = Guid.CreateVersion7().ToString("N");
        var other = await people.UserAsync($"o{mark}", ReadyRoles.Sales);
        using var admin = await host.ApiAsync(await people.AdministratorAsync());
        using var service = await host.ApiAsync(await people.UserAsync($"v{mark}", ReadyRoles.Service));
        await ViewAsync($"A {mark}", $"segment eq \"B {mark}\"", null);
        await ViewAsync($"B {mark}", $"segment eq \"A {mark}\"", null);
        await ViewAsync($"Theirs {mark}", "lastName eq \"X\"", other);
        await ViewAsync($"Born {mark}", "birthYear gt 1980", null);
        foreach (var (name, why) in ((string, string)[])[($"A {mark}", "contains itself"), ($"Theirs {mark}", "no segment"), ("Nowhere", "no segment")])
            await RefusesAsync(admin, $"segment eq \"{name}\"", why);
        await RefusesAsync(admin, $"segment contains \"{mark}\"", "eq, ne and in");
        await admin.GotAsync($"/api/v1/people?filter=segment eq \"Born {mark}\"");
        await RefusesAsync(service, $"segment eq \"Born {mark}\"", "can't be used");
    }

    [Fact]
    public async Task Segments_of_segments_don_t_multiply_without_end()
    {
        using var admin = await host.ApiAsync(await new People(host).AdministratorAsync());
        var mark = Guid.CreateVersion7().ToString("N")[20..];
        await ViewAsync($"0{mark}", string.Join(" or ", Enumerable.Range(0, 20).Select(i => $"lastName eq \"{i}\"")), null);
        for (var i = 1; i < 6; i++)
            await ViewAsync($"{i}{mark}", string.Join(" or ", Enumerable.Repeat($"segment eq \"{i - 1}{mark}\"", 20)), null);
        await admin.GotAsync($"/api/v1/people?filter=segment eq \"1{mark}\"");
        await RefusesAsync(admin, $"segment eq \"5{mark}\"", "too many conditions");
    }

    [Fact]
    public async Task The_list_offers_segments_among_its_filters()
    {
        var mark = Guid.CreateVersion7().ToString("N");
        await ViewAsync($"Offered {mark}", "lastName eq \"Offered\"", null);
        using var browser = await Browser.SignedInAsync(host, "admin");
        Assert.Contains($"Offered {mark}", await browser.PieceAsync("/contacts/people/filter-field?field=segment"), StringComparison.Ordinal);
        using var added = await browser.GetAsync($"/contacts/people?field=segment&op=eq&value=Offered {mark}");
        Assert.Equal(HttpStatusCode.Redirect, added.StatusCode);
        Assert.Contains($"Segment is Offered {mark}", await browser.ReadAsync(added.Headers.Location!.ToString()), StringComparison.Ordinal);
    }

    private static async Task RefusesAsync(HttpClient api, string filter, string why)
    {
        var problem = await api.RefusedAsync(400, HttpMethod.Get, $"/api/v1/people?filter={Uri.EscapeDataString(filter)}");
        Assert.Contains(why, problem["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    private Task ViewAsync(string name, string filter, Guid? owner) => host.InAsync(async db =>
    {
        db.Add(new SavedView { Kind = "person", Name = name, Filter = filter, OwnerId = owner });
        await db.SaveChangesAsync();
    });
}

public sealed class SegmentsOnSqlite(SqliteHost host) : SegmentTests(host), IClassFixture<SqliteHost>;

public sealed class SegmentsOnPostgres(PostgresHost host) : SegmentTests(host), IClassFixture<PostgresHost>;
