using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Kernel.Records;
using Crm.Testing;

namespace Crm.Kernel.Tests.Records;

/// <summary>Lists: filters, sorting, pages, sums.</summary>
public abstract class ListTests(CrmHost host) : IAsyncLifetime
{
    private Guid _me;
    private Guid _other;

    public async Task InitializeAsync()
    {
        var people = new People(host);
        var mark = Guid.CreateVersion7().ToString("N");
        _me = await people.UserAsync($"a{mark}", ReadyRoles.Sales);
        _other = await people.UserAsync($"b{mark}", ReadyRoles.Sales);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [InlineData("""firstName eq "ādolfs" """, "Ādolfs Šķēle")]
    [InlineData("""lastName contains "ķēl" """, "Ādolfs Šķēle")]
    [InlineData("""lastName starts "ŠĶ" """, "Ādolfs Šķēle")]
    [InlineData("""title contains "skele" """, "Ādolfs Šķēle")]
    [InlineData("""title in ("adolfs skele", "nobody")""", "Ādolfs Šķēle")]
    [InlineData("""children ge 2""", "Ādolfs Šķēle")]
    [InlineData("""children gt 1.5 and children lt 2.5""", "Ādolfs Šķēle")]
    [InlineData("""children in (2, 7)""", "Ādolfs Šķēle")]
    [InlineData("""birthday lt 1980-01-01""", "Ādolfs Šķēle")]
    [InlineData("""birthday is null""", "Berta Liepa")]
    [InlineData("""birthday is not null and birthday ne 1980-01-01""", "Ādolfs Šķēle")]
    [InlineData("""status eq customer""", "Ādolfs Šķēle")]
    [InlineData("""status in (prospect, null)""", "Berta Liepa")]
    [InlineData("""emails eq "ADOLFS@example.org" """, "Ādolfs Šķēle")]
    [InlineData("""emails is null""", "Berta Liepa")]
    [InlineData("""phones eq "+371 2612 3456" """, "Ādolfs Šķēle")]
    [InlineData("""phones eq "2612-3456" """, "Ādolfs Šķēle")]
    [InlineData("""phones contains 6123""", "Ādolfs Šķēle")]
    [InlineData("""tags eq vip or jobTitle eq "none" """, "Ādolfs Šķēle")]
    [InlineData("""owner eq me and (firstName eq "Berta" or firstName eq "x")""", "Berta Liepa")]
    [InlineData("""createdAt ge today and updatedAt gt -1d and createdAt lt +1w and createdAt eq today""", "Berta Liepa", "Ādolfs Šķēle")]
    [InlineData("""notes.count ge 1""", "Ādolfs Šķēle")]
    [InlineData("""title lt "m" """, "Berta Liepa")]
    [InlineData("""organization is null and externalId is null and lastName ne "" """, "Berta Liepa", "Ādolfs Šķēle")]
    public async Task A_filter_leaves_what_it_says(string filter, params string[] titles)
    {
        await TwoAsync();
        Assert.Equal(titles, await host.TitlesAsync(_me, "people", filter));
        Assert.Empty(await host.TitlesAsync(_other, "people", filter));
    }

    [Theory]
    [InlineData("nothing eq 1")]
    [InlineData("children eq many")]
    [InlineData("birthday eq soon")]
    [InlineData("birthday lt null")]
    [InlineData("owner lt me")]
    [InlineData("owner eq \"me\"")]
    [InlineData("children contains 1")]
    [InlineData("createdAt eq -99999999y")]
    [InlineData("status lt customer")]
    public async Task A_filter_that_asks_nonsense_is_refused(string filter) =>
        await Assert.ThrowsAsync<BadFilter>(() => host.TitlesAsync(_me, "people", filter));

    [Theory]
    [InlineData(null)]
    [InlineData("children")]
    [InlineData("-title")]
    [InlineData("owner")]
    [InlineData("createdAt")]
    [InlineData("-updatedAt,title")]
    [InlineData("notes.count,-title")]
    public async Task Pages_hold_every_row_once_in_the_lists_order(string? sort)
    {
        for (var i = 0; i < 7; i++)
            await host.MakeAsync(_me, "people", ("firstName", $"Same {i / 2}"), ("lastName", "Name"), ("children", i % 3 == 0 ? null : (object)(decimal)(i % 2)));
        await TwoAsync();
        try
        {
            var whole = await host.TitlesAsync(_me, "people", null, sort);
            Assert.Equal(9, whole.Count);
            Assert.Equal(whole, await host.TitlesAsync(_me, "people", null, sort, limit: 2));
            Assert.Equal(whole, await host.TitlesAsync(_me, "people", null, sort, limit: 1));
        }
        catch (BadFilter unsortable)
        {
            Assert.Contains("sorted", unsortable.Message, StringComparison.Ordinal);
            Assert.Contains(sort, new[] { "children", "owner" });
        }
    }

    [Theory]
    [InlineData("x")]
    [InlineData("bnVsbA")]
    [InlineData("eyJPcmRlciI6IiIsIklkIjoiMDAwMDAwMDAtMDAwMC0wMDAwLTAwMDAtMDAwMDAwMDAwMDAwIiwiVmFsdWVzIjpbbnVsbF19")]
    public async Task A_forged_cursor_is_refused(string cursor) => await Assert.ThrowsAsync<BadFilter>(() =>
        host.AsAsync(_me, "people", d => d.ListAsync(new RecordQuery(After: cursor), CancellationToken.None)));

    [Fact]
    public async Task Full_text_narrows_a_list()
    {
        await TwoAsync();
        Assert.Equal(["Berta Liepa"], await host.TitlesAsync(_me, "people", null, text: "liepa"));
        Assert.Equal(["Berta Liepa"], await host.TitlesAsync(_me, "contacts", null, text: "liepa"));
        Assert.Empty(await host.TitlesAsync(_other, "people", null, text: "liepa"));
    }

    [Theory]
    [InlineData("status", "customer=1/2 null=1/0")]
    [InlineData("birthday:year", "1970=1/2 =1/0")]
    [InlineData("birthday", "05/17/1970=1/2 null=1/0")]
    [InlineData("owner", "me=2/2")]
    public async Task Sums_are_over_what_the_reader_sees(string group, string sums)
    {
        await TwoAsync();
        var rows = await host.AsAsync(_me, "people", d => d.SummaryAsync(group, "children", null, CancellationToken.None));
        var found = rows.Select(r => $"{Key(r.Key, group)}={r.Count}/{r.Sum}").Order(StringComparer.Ordinal);
        Assert.Equal(sums, string.Join(' ', found));
        Assert.Empty(await host.AsAsync(_other, "people", d => d.SummaryAsync(group, null, null, CancellationToken.None)));
    }

    [Fact]
    public async Task Sums_by_month_and_day_of_moments()
    {
        await TwoAsync();
        var rows = await host.AsAsync(_me, "people", d => d.SummaryAsync("createdAt:month", null, null, CancellationToken.None));
        Assert.Equal(2, Assert.Single(rows).Count);
        await Assert.ThrowsAsync<BadFilter>(() => host.AsAsync(_me, "people", d => d.SummaryAsync("createdAt", null, null, CancellationToken.None)));
        await Assert.ThrowsAsync<BadFilter>(() => host.AsAsync(_me, "people", d => d.SummaryAsync("firstName", null, null, CancellationToken.None)));
    }

    private static string Key(object? key, string group) => key switch
    {
        null => group.Contains(':', StringComparison.Ordinal) ? "" : "null",
        LinkView link => link.Kind == "user" && link.Title is not null ? "me" : "?",
        DateOnly day => day.ToString("MM/dd/yyyy", System.Globalization.CultureInfo.InvariantCulture),
        _ => key.ToString()!,
    };

    private async Task TwoAsync()
    {
        var first = await host.MakeAsync(
            _me, "people", ("firstName", "Ādolfs"), ("lastName", "Šķēle"), ("children", 2m), ("birthday", new DateOnly(1970, 5, 17)), ("status", "customer"),
            ("emails", new List<ValueEntry> { new("work", "adolfs@example.org") }), ("phones", new List<ValueEntry> { new("mobile", "+37126123456") }),
            ("tags", new List<string> { "VIP" }));
        await host.MakeAsync(_me, "people", ("firstName", "Berta"), ("lastName", "Liepa"));
        await host.AsAsync(_me, "notes", d => d.CreateAsync(new Dictionary<string, object?> { ["text"] = "Hello" }, first.Id, CancellationToken.None));
    }
}

/// <summary>On SQLite.</summary>
public sealed class ListsOnSqlite(SqliteHost host) : ListTests(host), IClassFixture<SqliteHost>;

/// <summary>On PostgreSQL.</summary>
public sealed class ListsOnPostgres(PostgresHost host) : ListTests(host), IClassFixture<PostgresHost>;
