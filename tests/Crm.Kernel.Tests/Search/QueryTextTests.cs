using Crm.Kernel.Search;
using Xunit;

namespace Crm.Kernel.Tests.Search;

public sealed class QueryTextTests
{
    [Theory]
    [InlineData("riga port", "riga|port*", "")]
    [InlineData("riga port ", "riga|port", "")]
    [InlineData("\"riga port\"", "riga port", "")]
    [InlineData("„riga port“ x", "riga port|x*", "")]
    [InlineData("riga -port", "riga", "port")]
    [InlineData("riga -\"old port\" x", "riga|x*", "old port")]
    [InlineData("riga - port", "riga|port*", "")]
    [InlineData("o'brien", "o brien*", "")]
    [InlineData("\"riga", "riga", "")]
    [InlineData("采购订单", "采购 购订 订单", "")]
    [InlineData("' OR 1=1; --", "or|1 1", "")]
    public void A_question_is_read(string text, string terms, string excluded)
    {
        var query = QueryText.Read(text, lastWordIsPrefix: true);
        Assert.Equal(terms, string.Join('|', query.Terms.Select(Show)));
        Assert.Equal(excluded, string.Join('|', query.Excluded.Select(Show)));
    }

    [Fact]
    public void A_long_question_is_cut()
    {
        var query = QueryText.Read(string.Join(' ', Enumerable.Range(0, 100_000)), lastWordIsPrefix: false);
        Assert.Equal(QueryText.MaxTerms, query.Terms.Count);
    }

    [Fact]
    public void Any_text_is_a_question()
    {
        var random = new Random(2);
        for (var i = 0; i < 3_000; i++)
        {
            var query = QueryText.Read(RandomText.Any(random, 50), lastWordIsPrefix: true);
            foreach (var (_, wanted) in Ranks.Of(query))
            {
                Assert.NotEmpty(Fts5Syntax.Write(wanted));
                Assert.NotEmpty(TsQuerySyntax.Write(wanted));
            }
        }

        Assert.Empty(QueryText.Read(null, lastWordIsPrefix: true).Terms);
    }

    private static string Show(QueryTerm term) => string.Join(' ', term.Tokens.Select(t => t.Text)) + (term.Prefix ? "*" : "");
}
