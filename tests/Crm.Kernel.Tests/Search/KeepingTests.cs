using Crm.Abstractions.Search;
using Crm.Kernel.Search;
using Xunit;

namespace Crm.Kernel.Tests.Search;

/// <summary>How the index follows the data.</summary>
public abstract class KeepingTests(ISearchDatabase database) : SearchTests(database)
{
    [Fact]
    public async Task A_document_is_found_in_the_transaction_that_wrote_it_and_not_after_its_roll_back()
    {
        await using (var transaction = await Database.Connection.BeginTransactionAsync())
        {
            await Database.Index.PutAsync(Database.Connection, transaction, [Doc("anchor")], Ct);
            var page = await Database.Index.QueryAsync(Database.Connection, transaction, Ask("anchor"), Ct);
            Assert.Single(page.Matches);
        }

        Assert.Empty(await FindAsync("anchor"));
        Assert.Equal(0, (await Database.Index.CheckAsync(Database.Connection, Ct)).Documents);
    }

    [Fact]
    public async Task A_saved_document_is_found_by_the_next_search_on_another_connection()
    {
        await PutAsync(Doc("anchor"));
        await using var other = await Database.ConnectAsync();
        Assert.Single((await Database.Index.QueryAsync(other, null, Ask("anchor"), Ct)).Matches);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(60_000)]
    public async Task A_changed_document_is_found_by_its_new_words_only(int laterByMinutes)
    {
        var document = await PutAsync(Doc("old anchor", "rusty"));
        await PutAsync(document with { Title = "new rope", Body = "fresh", At = document.At.AddMinutes(laterByMinutes) });
        Assert.Empty(await FindAsync("anchor"));
        Assert.Empty(await FindAsync("rusty"));
        var match = Assert.Single((await PageAsync(Ask("rope fresh"))).Matches);
        Assert.Equal((document.Id, "new rope", "fresh"), (match.Id, match.Title, match.Body));
        await AssertSoundAsync(1);
    }

    [Fact]
    public async Task Of_the_same_document_twice_in_one_batch_the_last_counts()
    {
        var document = Doc("first");
        await PutAllAsync([document, document with { Title = "second" }]);
        Assert.Empty(await FindAsync("first"));
        Assert.Single(await FindAsync("second"));
        await AssertSoundAsync(1);
    }

    [Fact]
    public async Task A_removed_document_is_found_no_more()
    {
        var (gone, kept) = (Doc("anchor one"), Doc("anchor two"));
        await PutAllAsync([gone, kept]);
        await Database.Index.RemoveAsync(Database.Connection, null, [gone.Id, Guid.CreateVersion7()], Ct);
        Assert.Equal([kept.Id], await FindAsync("anchor"));
        await AssertSoundAsync(1);
    }

    [Fact]
    public async Task Cleared_and_put_again_the_index_answers_as_before()
    {
        var documents = Enumerable.Range(0, 50).Select(i => Doc($"anchor {i}", minutes: i)).ToList();
        await PutAllAsync(documents);
        var before = await FindAsync("anchor");
        await Database.Index.ClearAsync(Database.Connection, null, Ct);
        Assert.Empty(await FindAsync("anchor"));
        await PutAllAsync(documents);
        Assert.Equal(before, await FindAsync("anchor"));
        await AssertSoundAsync(50);
    }

    [Fact]
    public async Task What_is_read_back_is_what_was_put()
    {
        var document = Doc("Žemaitis", "o <b>'\" \u0001 审批 🚢", acl: ["o1", "d2"], owner: Guid.CreateVersion7());
        await PutAsync(document);
        var read = Assert.Single(await ReadAsync());
        Assert.Equal(document with { Acl = read.Acl }, read);
        Assert.Equal(document.Acl, read.Acl);
    }

    [Fact]
    public async Task Text_that_a_database_refuses_is_taken_without_the_refused_characters()
    {
        var document = await PutAsync(Doc("zero\0half\ud800", "end\udc00 anchor\0"));
        Assert.Equal([document.Id], await FindAsync("anchor"));
        Assert.Equal([document.Id], await FindAsync("half"));
        Assert.Equal("zero\uFFFDhalf\uFFFD", Assert.Single(await ReadAsync()).Title);
    }

    [Fact]
    public async Task A_thousand_documents_of_one_moment_are_all_found_and_paged_once()
    {
        var documents = Enumerable.Range(0, 3_000).Select(i => Doc("anchor", $"text {i}")).ToList();
        await PutAllAsync(documents);
        var found = await AllPagesAsync(Ask("anchor") with { Limit = 200, Since = Noon, Until = Noon });
        Assert.Equal(3_000, found.Select(m => m.Id).Distinct().Count());
        Assert.Equal(3_000, found.Count);
        await AssertSoundAsync(3_000);
    }

    [Fact]
    public async Task Any_unicode_text_is_kept_and_searched_without_an_error()
    {
        var random = new Random(4711);
        for (var i = 0; i < 300; i++)
        {
            var document = Doc(RandomText.Any(random, 40), RandomText.Any(random, 400));
            await PutAsync(document);
            await PageAsync(Ask(RandomText.Any(random, 40), typing: i % 2 == 0));
            foreach (var token in Tokenizer.Read(StoredText.Clean([document])[0].Body).Take(20).Where(t => t.Signs != 1))
            {
                var found = await AllPagesAsync(Ask(token.Text) with { Limit = 200 });
                Assert.Contains(document.Id, found.Select(m => m.Id));
            }
        }

        await AssertSoundAsync(300);
    }

    [Fact]
    public async Task A_check_tells_of_documents_without_words()
    {
        await PutAllAsync([Doc("anchor"), Doc("rope")]);
        await Database.Connection.RunAsync(
            null,
            Database is SqliteSearchDatabase
                ? "DELETE FROM core_search WHERE rowid = (SELECT min(doc) FROM core_search_doc)"
                : "UPDATE core_search_doc SET words = '' WHERE title = 'anchor'",
            Ct);
        Assert.Single((await Database.Index.CheckAsync(Database.Connection, Ct)).Faults);
    }

    private async Task<List<SearchDocument>> ReadAsync()
    {
        var read = new List<SearchDocument>();
        await foreach (var document in Database.Index.ReadAsync(Database.Connection, Ct))
            read.Add(document);
        return read;
    }

    private async Task AssertSoundAsync(int documents)
    {
        var check = await Database.Index.CheckAsync(Database.Connection, Ct);
        Assert.Empty(check.Faults);
        Assert.Equal(documents, check.Documents);
    }
}

public sealed class SqliteKeepingTests(SqliteSearchDatabase database)
    : KeepingTests(database), IClassFixture<SqliteSearchDatabase>;

public sealed class PostgresKeepingTests(PostgresSearchDatabase database)
    : KeepingTests(database), IClassFixture<PostgresSearchDatabase>;
