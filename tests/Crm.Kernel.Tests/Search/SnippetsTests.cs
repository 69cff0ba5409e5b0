using System.Net;
using System.Text.RegularExpressions;
using Crm.Kernel.Search;
using Xunit;

namespace Crm.Kernel.Tests.Search;

public sealed partial class SnippetsTests
{
    [Theory]
    [InlineData("Latvijas Uzņēmums SIA", "uznemums", "Latvijas <mark>Uzņēmums</mark> SIA")]
    [InlineData("采购订单自动审批流程", "审批", "采购订单自动<mark>审批</mark>流程")]
    [InlineData("采购订单自动审批流程", "审批流", "采购订单自动<mark>审批流</mark>程")]
    [InlineData("采购订单自动审批流程", "审", "采购订单自动<mark>审</mark>批流程")]
    [InlineData("采购订单自动审批流程", "程", "采购订单自动审批流<mark>程</mark>")]
    [InlineData("ｶﾞﾗｽ工場", "ガラス", "<mark>ｶﾞﾗｽ</mark>工場")]
    [InlineData("第1章节", "第1章", "<mark>第1章</mark>节")]
    [InlineData("주식회사삼성", "회사", "주식<mark>회사</mark>삼성")]
    [InlineData("Conan O’Brien & <b>", "o'brien", "Conan <mark>O’Brien</mark> &amp; &lt;b&gt;")]
    [InlineData("Rigatoni in Riga", "rig", "<mark>Rigatoni</mark> in <mark>Riga</mark>")]
    [InlineData("north star and star", "\"north star\"", "<mark>north star</mark> and star")]
    [InlineData("nothing", "riga", "nothing")]
    [InlineData("<script>alert(1)</script>", "script", "&lt;<mark>script</mark>&gt;alert(1)&lt;/<mark>script</mark>&gt;")]
    public void What_was_found_is_marked_in_the_original(string text, string query, string html) =>
        Assert.Equal(html, Snippets.Cut(text, QueryText.Read(query, lastWordIsPrefix: true)));

    [Fact]
    public void A_piece_is_cut_around_the_place_with_the_most_different_words()
    {
        var filler = string.Concat(Enumerable.Repeat("lorem ipsum dolor ", 200));
        var text = $"harbour {filler} the old harbour of Riga by night {filler}";
        var html = Snippets.Cut(text, QueryText.Read("riga harbour", lastWordIsPrefix: false));
        Assert.Contains("<mark>harbour</mark> of <mark>Riga</mark>", html);
        Assert.StartsWith("…", html);
        Assert.EndsWith("…", html);
        Assert.InRange(WebUtility.HtmlDecode(Tags().Replace(html, "")).Length, 150, 210);
    }

    [Fact]
    public void Any_text_is_cut_into_whole_characters_of_the_original()
    {
        var random = new Random(3);
        for (var i = 0; i < 2_000; i++)
        {
            var text = RandomText.Any(random, random.Next(0, 700));
            var words = Tokenizer.Read(text);
            var word = words.Count == 0 ? "x" : words[random.Next(words.Count)].Text;
            var html = Snippets.Cut(text, QueryText.Read(word, lastWordIsPrefix: true), 120);
            var shown = WebUtility.HtmlDecode(Tags().Replace(html, "")).Trim('…');
            Assert.DoesNotContain("<", Tags().Replace(html, ""), StringComparison.Ordinal);
            Assert.Contains(Whole(shown), Whole(text), StringComparison.Ordinal);
            if (words.Count > 0)
                Assert.Contains("<mark>", html, StringComparison.Ordinal);
        }
    }

    // The encoder writes what is no character as U+FFFD.
    private static string Whole(string text) => string.Concat(text.EnumerateRunes());

    [GeneratedRegex("</?mark>")]
    private static partial Regex Tags();
}
