using Crm.Abstractions.Records;
using Crm.Kernel.CustomFields.Formulas;

namespace Crm.Kernel.Tests.CustomFields;

/// <summary>Formulas: what they give, and what they refuse.</summary>
public sealed class FormulaTests
{
    private static readonly Dictionary<string, (FieldKind Kind, object? Value)> _fields = new()
    {
        ["a"] = (FieldKind.Number, 7m),
        ["b"] = (FieldKind.Number, 2.5m),
        ["none"] = (FieldKind.Number, null),
        ["word"] = (FieldKind.Text, "Ahoy"),
        ["day"] = (FieldKind.Date, new DateOnly(2024, 1, 31)),
        ["yes"] = (FieldKind.YesNo, true),
    };

    [Theory]
    [InlineData("1 + 2 * 3", "7")]
    [InlineData("(1 + 2) * 3 - -1", "10")]
    [InlineData("a / b", "2.8")]
    [InlineData("a / 0", "")]
    [InlineData("a + none", "")]
    [InlineData("first(none, b)", "2.5")]
    [InlineData("round(a / 3, 2)", "2.33")]
    [InlineData("round(2.5)", "3")]
    [InlineData("max(a, b, none)", "7")]
    [InlineData("word & \" \" & a & \"!\"", "Ahoy 7!")]
    [InlineData("upper(left(word, 2))", "AH")]
    [InlineData("length(word)", "4")]
    [InlineData("if(a > b and not isEmpty(word), \"big\", \"small\")", "big")]
    [InlineData("if(word = \"ahoy\" or a < 1, 1, 0)", "1")]
    [InlineData("a <> b", "True")]
    [InlineData("none < 1", "False")]
    [InlineData("addMonths(day, 1)", "2024-02-29")]
    [InlineData("days(addDays(day, 30), day)", "30")]
    [InlineData("date(2024, 13, 1)", "")]
    [InlineData("year(day) + month(day)", "2025")]
    [InlineData("999999999999 * 999999999999", "")]
    [InlineData("999999999999 * 999999999999 * 999999999999 * 999999999999", "")]
    [InlineData("a / 3", "2.333333")]
    public void A_formula_gives(string text, string value)
    {
        var given = FormulaParser.Read(text, n => _fields.TryGetValue(n, out var f) ? f.Kind : null).Compute(n => _fields[n].Value);
        Assert.Equal(value, given switch { DateOnly d => d.ToString("yyyy-MM-dd", null), IFormattable f => f.ToString(null, System.Globalization.CultureInfo.InvariantCulture), null => "", _ => given.ToString() });
    }

    [Theory]
    [InlineData("")]
    [InlineData("1 +")]
    [InlineData("(1")]
    [InlineData("1 2")]
    [InlineData("\"open")]
    [InlineData("1.2.3")]
    [InlineData("word + 1")]
    [InlineData("if(a, 1, 2)")]
    [InlineData("if(yes, 1, \"x\")")]
    [InlineData("day > 3")]
    [InlineData("secret")]
    [InlineData("eval(\"x\")")]
    [InlineData("__proto__")]
    [InlineData("a; drop table core_record")]
    public void What_can_t_be_read_says_where(string text)
    {
        var bad = Assert.Throws<BadFormula>(() => FormulaParser.Read(text, n => _fields.TryGetValue(n, out var f) ? f.Kind : null));
        Assert.Contains("at character", bad.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bomb_is_refused()
    {
        Assert.Throws<BadFormula>(() => FormulaParser.Read(new string('(', 900), _ => null));
        Assert.Throws<BadFormula>(() => FormulaParser.Read(string.Concat(Enumerable.Repeat("-", 900)) + "1", _ => null));
        Assert.Throws<BadFormula>(() => FormulaParser.Read(string.Join('+', Enumerable.Repeat("1", 400)), _ => null));
        Assert.Throws<BadFormula>(() => FormulaParser.Read(new string('1', 5_000), _ => null));
    }
}
