using Crm.Kernel.Filters;
using Crm.Kernel.Records;

namespace Crm.Kernel.Tests.Filters;

/// <summary>Reading filters.</summary>
public sealed class FilterParserTests
{
    [Theory]
    [InlineData("a eq 1", "a Eq 1")]
    [InlineData("a eq 1 or b eq 2 and c eq 3", "(a Eq 1 | (b Eq 2 & c Eq 3))")]
    [InlineData("(a eq 1 or b eq 2) and c eq 3", "((a Eq 1 | b Eq 2) & c Eq 3)")]
    [InlineData("A EQ 1 AND b NE \"x y\"", "(A Eq 1 & b Ne 'x y')")]
    [InlineData("a in (1, \"2\",3)", "a In 1,'2',3")]
    [InlineData("a is null and b is not null", "(a Eq null & b Ne null)")]
    [InlineData("a eq \"say \\\"hi\\\" \\\\\"", "a Eq 'say \"hi\" \\'")]
    [InlineData("a eq \"and\"", "a Eq 'and'")]
    [InlineData("interaction.last lt -30d", "interaction.last Lt -30d")]
    [InlineData("a eq\t\"Rīga\"", "a Eq 'Rīga'")]
    public void A_filter_is_read_as_it_is_meant(string text, string meant) => Assert.Equal(meant, Shown(FilterParser.Read(text)!));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  \n")]
    public void An_empty_filter_is_none(string? text) => Assert.Null(FilterParser.Read(text));

    [Theory]
    [InlineData("a", 2)]
    [InlineData("a eq", 5)]
    [InlineData("a eq and", 6)]
    [InlineData("a like b", 3)]
    [InlineData("a eq 1 b eq 2", 8)]
    [InlineData("(a eq 1", 8)]
    [InlineData("a eq 1)", 7)]
    [InlineData("a in 1", 6)]
    [InlineData("a in (1 2)", 9)]
    [InlineData("a eq \"open", 6)]
    [InlineData("a is open", 6)]
    [InlineData("\"a\" eq 1", 1)]
    [InlineData("a eq 1 and", 11)]
    [InlineData("a eq x\0", 7)]
    public void What_cannot_be_read_is_refused_with_its_place(string text, int position) =>
        Assert.Equal(position, Assert.Throws<BadFilter>(() => FilterParser.Read(text)).Position);

    [Fact]
    public void Half_a_sign_is_refused() => Assert.Throws<BadFilter>(() => FilterParser.Read("a eq \"" + (char)0xD800 + "\""));

    [Fact]
    public void Depth_length_and_number_have_bounds()
    {
        Assert.Throws<BadFilter>(() => FilterParser.Read(new string('(', 4_000)));
        Assert.Throws<BadFilter>(() => FilterParser.Read(new string(' ', 8_001) + "a eq 1"));
        Assert.Throws<BadFilter>(() => FilterParser.Read(string.Join(" or ", Enumerable.Repeat("a eq 1", 101))));
        Assert.Throws<BadFilter>(() => FilterParser.Read($"a in ({string.Join(',', Enumerable.Repeat("1", 501))})"));
        Assert.NotNull(FilterParser.Read(string.Join(" or ", Enumerable.Repeat("a eq 1", 100))));
        Assert.NotNull(FilterParser.Read(new string('(', 30) + "a eq 1" + new string(')', 30)));
    }

    [Fact]
    public void Any_text_is_read_or_refused_and_nothing_else()
    {
        string[] pieces = ["a", "eq", "ne", "in", "is", "not", "null", "and", "or", "(", ")", ",", "\"", "\\", " ", "-30d", "me", "é", "\ud83d\ude00", "\ud800", "\0", "'", "\n", "starts", "1e999"];
        var random = new Random(4711);
        var read = 0;
        for (var i = 0; i < 50_000; i++)
        {
            var text = string.Join(random.Next(3) == 0 ? "" : " ", Enumerable.Range(0, random.Next(1, 16)).Select(_ => pieces[random.Next(pieces.Length)]));
            try
            {
                FilterParser.Read(text);
                read++;
            }
            catch (BadFilter bad)
            {
                Assert.InRange(bad.Position, 1, text.Length + 1);
            }
        }

        Assert.True(read > 0, "No text at all was a filter.");
    }

    private static string Shown(FilterNode node) => node switch
    {
        AllOf all => $"({string.Join(" & ", all.Parts.Select(Shown))})",
        AnyOf any => $"({string.Join(" | ", any.Parts.Select(Shown))})",
        Comparison one => $"{one.Field} {one.Operator} {string.Join(',', one.Values.Select(v => v.IsQuoted ? $"'{v.Text}'" : v.Text))}",
        _ => "?",
    };
}
