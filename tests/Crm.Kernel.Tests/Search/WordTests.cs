using Xunit;

namespace Crm.Kernel.Tests.Search;

/// <summary>Which words find which text.</summary>
public abstract class WordTests(ISearchDatabase database) : SearchTests(database)
{
    [Theory]
    [InlineData("uznemums", "Latvijas uzņēmums ar vēsturi")]
    [InlineData("UZŅĒMUMS", "Latvijas uznemums")]
    [InlineData("Zemaitis", "Jonas Žemaitis")]
    [InlineData("zolc", "Żółć")]
    [InlineData("strasse", "Große Straße 5")]
    [InlineData("oresund", "Øresund")]
    [InlineData("aethelred", "Æthelred")]
    [InlineData("istanbul", "İSTANBUL ılık")]
    [InlineData("ilik", "İSTANBUL ılık")]
    [InlineData("审批", "采购订单自动审批流程")]
    [InlineData("审", "采购订单自动审批流程")]
    [InlineData("程", "采购订单自动审批流程")]
    [InlineData("采购订单自动审批流程", "采购订单自动审批流程")]
    [InlineData("系统", "新CRM系统上线")]
    [InlineData("crm系统", "新CRM系统上线")]
    [InlineData("第1章", "第1章节")]
    [InlineData("章1", "第三章1")]
    [InlineData("ガラス", "日本のガラス工場")]
    [InlineData("ラ", "日本のガラス工場")]
    [InlineData("ｶﾞﾗｽ", "日本のガラス工場")]
    [InlineData("がいしゃ", "かぶしきがいしゃ")]
    [InlineData("회사", "주식회사삼성")]
    [InlineData("삼", "주식회사삼성")]
    [InlineData("ＡＢＣ", "abc")]
    [InlineData("o'brien", "Conan O'Brien")]
    [InlineData("anna.berzina@example.lv", "Mail: anna.berzina@example.lv")]
    [InlineData("ab-123", "Hull AB-123")]
    [InlineData("x", "x")]
    [InlineData("йод", "йод")]
    [InlineData("सेवा", "ग्राहक सेवा केंद्र")]
    [InlineData("\"to be or not\"", "To be, or not to be")]
    public async Task A_word_is_found_in_title_and_body(string word, string text)
    {
        var inTitle = await PutAsync(Doc(text));
        var inBody = await PutAsync(Doc("entry", text));
        await PutAsync(Doc("other", "nothing like that: 第二, すし, 부산"));
        Assert.Equal([inTitle.Id, inBody.Id], await FindAsync(word));
    }

    [Theory]
    [InlineData("か", "が")]
    [InlineData("审流", "采购订单自动审批流程")]
    [InlineData("批 审批流程图", "采购订单自动审批流程")]
    [InlineData("\"be to\"", "to be")]
    [InlineData("uznem", "uzņēmums")]
    [InlineData("riga -city", "Riga City Council")]
    [InlineData("riga -\"city council\"", "Riga City Council")]
    [InlineData("-riga", "Riga City Council")]
    [InlineData("_knote", "Riga City Council")]
    [InlineData("=riga", "City Council of nothing")]
    public async Task What_is_not_there_is_not_found(string word, string text)
    {
        await PutAsync(Doc(text));
        await PutAsync(Doc("entry", text));
        Assert.Empty(await FindAsync(word));
    }

    [Theory]
    [InlineData("uzn", "uzņēmums")]
    [InlineData("u", "uzņēmums")]
    [InlineData("jonas ž", "Jonas Žemaitis")]
    [InlineData("o'br", "Conan O'Brien")]
    public async Task While_typing_the_beginning_of_a_title_is_found(string typed, string title)
    {
        var document = await PutAsync(Doc(title));
        Assert.Equal([document.Id], await FindAsync(typed, typing: true));
        Assert.Empty(await FindAsync(typed + " ", typing: true));
    }

    [Theory]
    [InlineData("uz")]
    [InlineData("uzņ")]
    [InlineData("uzņēmum")]
    public async Task While_typing_the_beginning_of_a_word_in_the_body_is_found(string typed)
    {
        var document = await PutAsync(Doc("entry", "Latvijas uzņēmums"));
        Assert.Equal([document.Id], await FindAsync(typed, typing: true));
    }

    [Fact]
    public async Task A_phrase_does_not_reach_from_the_title_into_the_body()
    {
        await PutAsync(Doc("north", "star"));
        Assert.Empty(await FindAsync("\"north star\""));
        Assert.Single(await FindAsync("north star"));
    }

    [Fact]
    public async Task A_phrase_far_down_in_a_long_text_is_found()
    {
        var filler = string.Join(' ', Enumerable.Range(0, 30_000).Select(i => $"w{i}"));
        var document = await PutAsync(Doc("long", filler + " golden anchor 审批流程 end"));
        Assert.Equal([document.Id], await FindAsync("\"golden anchor\""));
        Assert.Equal([document.Id], await FindAsync("审批流程"));
    }

    [Fact]
    public async Task A_word_longer_than_any_word_is_found_by_itself()
    {
        var document = await PutAsync(Doc("entry", new string('q', 5_000)));
        Assert.Equal([document.Id], await FindAsync(new string('q', 250)));
    }

    [Fact]
    public async Task A_question_without_a_word_finds_nothing()
    {
        await PutAsync(Doc("entry"));
        foreach (var text in new[] { "", " ", "\"", "\"\"", "-", "--", "*", "AND", "( OR )", "\0", "\ud800" })
            Assert.Empty(await FindAsync(text, typing: true));
    }
}

public sealed class SqliteWordTests(SqliteSearchDatabase database)
    : WordTests(database), IClassFixture<SqliteSearchDatabase>;

public sealed class PostgresWordTests(PostgresSearchDatabase database)
    : WordTests(database), IClassFixture<PostgresSearchDatabase>;
