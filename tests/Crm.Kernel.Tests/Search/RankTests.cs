using Crm.Abstractions.Search;
using Crm.Kernel.Search;
using Xunit;

namespace Crm.Kernel.Tests.Search;

/// <summary>The order of hits, who gets them, and pages of them.</summary>
public abstract class RankTests(ISearchDatabase database) : SearchTests(database)
{
    [Fact]
    public async Task The_better_stands_above_the_newer_and_the_newer_above_the_older()
    {
        var documents = new[]
        {
            Doc("Riga", minutes: 0),
            Doc("Riga City Council", minutes: 2),
            Doc("Port of Riga", minutes: 1),
            Doc("Rigatoni", minutes: 3),
            Doc("report", "Riga, Riga and again Riga", minutes: 4),
            Doc("visit", "in Riga", minutes: 6),
            Doc("visit", "in Riga", minutes: 5),
            Doc("recipe", "rigatoni", minutes: 7),
        };
        await PutAllAsync([.. documents.Reverse()]);
        Assert.Equal(documents.Select(d => d.Id), await FindAsync("riga", typing: true));
    }

    [Fact]
    public async Task An_older_better_document_is_not_hidden_by_many_newer_ones()
    {
        var best = await PutAsync(Doc("The harbour", minutes: -100_000));
        await PutAllAsync([.. Enumerable.Range(0, 3_000).Select(i => Doc("entry", "near the harbour", minutes: i))]);
        Assert.Equal(best.Id, (await FindAsync("the harbour"))[0]);
    }

    [Fact]
    public async Task A_reader_finds_only_what_one_of_his_tokens_opens()
    {
        var (mine, shared, foreign) = (Doc("anchor", acl: ["o1"]), Doc("anchor", acl: ["o2", "s1"]), Doc("anchor", acl: ["o2"]));
        await PutAllAsync([mine, shared, foreign]);
        Assert.Equal(2, (await FindAsync(As(Ask("anchor"), "o1", "s1"))).Count);
        Assert.DoesNotContain(foreign.Id, await FindAsync(As(Ask("anchor"), "o1", "s1")));
        Assert.Empty(await FindAsync(As(Ask("anchor"))));
        Assert.Empty(await FindAsync(As(Ask("anchor"), "o")));
        Assert.Empty(await FindAsync(As(Ask("anchor"), "O1")));
        Assert.Empty(await FindAsync(As(Ask("anchor"), "o1\" OR \"o2", "o2 | o1", "'", "\"", "")));
        Assert.Empty(await FindAsync(Ask("anchor") with { Kinds = ["person"] }));
        Assert.Empty(await FindAsync(Ask("anchor") with { AclByKind = new Dictionary<string, IReadOnlyList<string>?>() }));
    }

    [Fact]
    public async Task A_kind_is_trimmed_by_its_own_tokens()
    {
        var (note, person) = (Doc("anchor", acl: ["o1"]), Doc("anchor", kind: "Person X", acl: ["o1"]));
        await PutAllAsync([note, person]);
        var query = Ask("anchor") with
        {
            Kinds = ["note", "Person X"],
            AclByKind = new Dictionary<string, IReadOnlyList<string>?> { ["note"] = ["o9"], ["Person X"] = null },
        };
        Assert.Equal([person.Id], await FindAsync(query));
        Assert.Empty(await FindAsync(query with { Kinds = ["note"] }));
    }

    [Fact]
    public async Task New_tokens_open_and_close_a_document_without_its_text()
    {
        var (old, next) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var document = await PutAsync(Doc("anchor", "chain", acl: ["o1", "d1"], owner: old));
        await Database.Index.SetAclAsync(
            Database.Connection, null, [new(document.Id, ["o2", "d1"], next), new(Guid.CreateVersion7(), ["o2"], null)], Ct);
        Assert.Empty(await FindAsync(As(Ask("anchor"), "o1")));
        Assert.Single(await FindAsync(As(Ask("chain"), "o2")));
        Assert.Single(await FindAsync(As(Ask("chain"), "d1")));
        Assert.Single(await FindAsync(Ask("anchor") with { OwnerId = next }));
        Assert.Empty(await FindAsync(Ask("anchor") with { OwnerId = old }));
    }

    [Fact]
    public async Task A_time_filter_takes_both_its_ends()
    {
        var documents = Enumerable.Range(0, 10).Select(i => Doc("anchor", minutes: i * 10_000)).ToList();
        await PutAllAsync(documents);
        var found = await FindAsync(Ask("anchor") with { Since = documents[3].At, Until = documents[6].At });
        Assert.Equal(documents[3..7].Select(d => d.Id).Reverse(), found);
    }

    [Fact]
    public async Task Times_before_1970_and_far_ahead_keep_their_order()
    {
        var documents = new[] { "9999-12-31", "2100-01-01", "1970-01-01", "1850-05-05", "0001-01-01" }
            .Select(d => Doc("anchor") with { At = DateTimeOffset.Parse(d + "T00:00:00Z") }).ToList();
        await PutAllAsync(documents);
        Assert.Equal(documents.Select(d => d.Id), await FindAsync("anchor"));
        Assert.Equal([documents[^1].Id], await FindAsync(Ask("anchor") with { Until = DateTimeOffset.MinValue }));
    }

    [Fact]
    public async Task Pages_hold_every_hit_once_also_while_newer_ones_come()
    {
        var documents = Enumerable.Range(0, 250).Select(i => Doc(i % 3 == 0 ? "anchor" : "entry", "anchor", minutes: i)).ToList();
        await PutAllAsync(documents);
        var query = Ask("anchor") with { Limit = 40 };
        var first = await PageAsync(query);
        await PutAllAsync([.. Enumerable.Range(0, 50).Select(i => Doc("anchor", minutes: 1_000 + i))]);
        var rest = await AllPagesAsync(query with { After = first.Next });
        var seen = first.Matches.Concat(rest).Select(m => m.Id).ToList();
        Assert.Equal(seen.Count, seen.Distinct().Count());
        Assert.Equal(documents.Select(d => d.Id).Order(), seen.Order());
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("?!")]
    [InlineData("AAAA")]
    [InlineData("_______________________________________________")]
    [InlineData("/wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task A_foreign_cursor_is_a_format_error(string cursor) =>
        await Assert.ThrowsAsync<FormatException>(() => PageAsync(Ask("anchor") with { After = cursor }));

    [Theory]
    [InlineData(0, 1)]
    [InlineData(-5, 1)]
    [InlineData(int.MaxValue, 200)]
    public async Task A_page_has_a_sane_size(int limit, int size)
    {
        await PutAllAsync([.. Enumerable.Range(0, 201).Select(i => Doc("anchor", minutes: i))]);
        Assert.Equal(size, (await PageAsync(Ask("anchor") with { Limit = limit })).Matches.Count);
    }

    // The common word is in the oldest documents only, and all is put in no order: it is found by the blocks of its time.
    [Fact]
    public async Task What_only_the_oldest_have_is_found_in_order_and_paged_once()
    {
        var documents = Enumerable.Range(0, 3_000).Select(i => Doc(i < 900 ? "anchor" : "entry", i < 900 ? "chain chaining" : "rope", acl: [i % 7 == 0 ? "o1" : "o2"], minutes: i)).ToList();
        await Database.Index.OutlineAsync(Database.Connection, null, documents.Select(d => (d.At, d.Id)).ToAsyncEnumerable(), Ct);
        var shuffled = documents.ToArray();
        new Random(5).Shuffle(shuffled);
        await PutAllAsync(shuffled);
        await Database.Connection.RunAsync(null, "ANALYZE", Ct);
        var newestFirst = documents.Take(900).Reverse().ToList();
        foreach (var query in new[] { Ask("anchor"), Ask("anch", typing: true), Ask("chaini", typing: true), Ask("anchor chai", typing: true) })
        {
            Assert.Equal(newestFirst.Select(d => d.Id), (await AllPagesAsync(query with { Limit = 70 })).Select(m => m.Id));
            Assert.Equal(
                newestFirst.Where(d => d.Acl[0] == "o1").Select(d => d.Id),
                (await AllPagesAsync(As(query, "o1") with { Limit = 70 })).Select(m => m.Id));
        }

        var (since, until) = (documents[200].At, documents[500].At);
        Assert.Equal(
            documents[200..501].Select(d => d.Id).Reverse(), (await AllPagesAsync(Ask("anchor") with { Since = since, Until = until, Limit = 200 })).Select(m => m.Id));
    }

    // With statistics PostgreSQL knows which words are common, and then goes another way.
    [Theory]
    [InlineData(1_500, 300, false)]
    [InlineData(9_000, 60, true)]
    public async Task Every_order_and_trimming_is_that_of_a_plain_search_through_all_documents(
        int documents, int queries, bool withStatistics)
    {
        var world = new PlainSearch(new Random(42), documents);
        await PutAllAsync(world.Documents);
        if (withStatistics)
            await Database.Connection.RunAsync(null, "ANALYZE", Ct);
        var found = 0;
        for (var i = 0; i < queries; i++)
        {
            var query = world.AnyQuery();
            var expected = world.Find(query).Select(m => (m.Rank, m.Document.Title, m.Document.At)).ToList();
            var actual = (await AllPagesAsync(query)).ConvertAll(m => (m.Rank, m.Title, m.At));
            Assert.True(expected.SequenceEqual(actual), $"{query.Text}: {expected.Count} expected, {actual.Count} found");
            found += actual.Count;
        }

        Assert.True(found > queries, "The generated questions must have answers.");
    }
}

public sealed class SqliteRankTests(SqliteSearchDatabase database)
    : RankTests(database), IClassFixture<SqliteSearchDatabase>;

public sealed class PostgresRankTests(PostgresSearchDatabase database)
    : RankTests(database), IClassFixture<PostgresSearchDatabase>;
