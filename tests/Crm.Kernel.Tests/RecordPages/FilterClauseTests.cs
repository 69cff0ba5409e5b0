using Crm.Abstractions.Records;
using Crm.Kernel.RecordPages;

namespace Crm.Kernel.Tests.RecordPages;

/// <summary>Chips are pieces of the filter, and put together they are the filter again.</summary>
public sealed class FilterClauseTests
{
    [Fact]
    public void A_filter_of_conditions_becomes_one_chip_each()
    {
        var clauses = FilterClause.Read("owner eq me and interaction.last lt -30d and city eq \"Rīga and \\\"Cēsis\\\"\"");
        Assert.Equal(["owner", "interaction.last", "city"], clauses.Select(c => c.Field));
        Assert.Equal("Rīga and \"Cēsis\"", clauses[2].Plain);
    }

    [Theory]
    [InlineData("a eq 1 or b eq 2")]
    [InlineData("(a eq 1 or b eq 2) and c eq 3")]
    [InlineData("name eq \"x or y\" and b in (1, 2)")]
    public void Putting_the_chips_together_keeps_the_meaning(string filter)
    {
        var clauses = FilterClause.Read(filter);
        Assert.Equal(filter, FilterClause.Join(clauses));
    }

    [Fact]
    public void A_condition_added_to_an_or_stands_outside_of_it()
    {
        var field = new RecordField { Name = "city", Kind = FieldKind.Text, Read = _ => null };
        var added = FilterClause.Make(field, "eq", "Rīga")!;
        Assert.Equal("(a eq 1 or b eq 2) and city eq \"Rīga\"", FilterClause.Join([.. FilterClause.Read("a eq 1 or b eq 2"), added]));
    }

    [Fact]
    public void What_is_typed_can_never_leave_its_quotes()
    {
        var field = new RecordField { Name = "city", Kind = FieldKind.Text, Read = _ => null };
        var clause = FilterClause.Make(field, "eq", "x\" or id ne \"\\")!;
        Assert.Single(FilterClause.Read(clause.Text));
        Assert.Equal("x\" or id ne \"\\", clause.Plain);
    }

    [Theory]
    [InlineData("within", "-30d", "at ge -30d")]
    [InlineData("before-last", "-6m", "at lt -6m")]
    [InlineData("ge", "2026-03-31", "at ge 2026-03-31")]
    [InlineData("empty", "", "at eq null")]
    [InlineData("filled", "", "at ne null")]
    public void Times_are_written_as_the_grammar_has_them(string op, string value, string filter)
    {
        var field = new RecordField { Name = "at", Kind = FieldKind.Instant, Read = _ => null };
        Assert.Equal(filter, FilterClause.Make(field, op, value)!.Text);
    }

    [Theory]
    [InlineData("within", "soon")]
    [InlineData("drop", "x")]
    [InlineData("eq", "")]
    public void What_makes_no_condition_makes_none(string op, string value)
    {
        var field = new RecordField { Name = "at", Kind = FieldKind.Instant, Read = _ => null };
        Assert.Null(FilterClause.Make(field, op, value));
    }
}
