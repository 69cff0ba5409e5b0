using Crm.Kernel.Records;

namespace Crm.Kernel.Filters;

/// <summary>Reads a filter: comparisons joined by <c>and</c>, <c>or</c> and brackets; <c>and</c> binds closer.</summary>
internal sealed class FilterParser
{
    // Deeper or longer filters would cost the database's own limits, or the stack.
    private const int MaxDepth = 30;
    private const int MaxComparisons = 100;
    private const int MaxValues = 500;
    private readonly IReadOnlyList<FilterToken> _tokens;
    private int _at;
    private int _depth;
    private int _comparisons;

    private FilterParser(IReadOnlyList<FilterToken> tokens) => _tokens = tokens;

    private FilterToken Now => _tokens[_at];

    /// <summary>Reads a filter; null for an empty one.</summary>
    /// <exception cref="BadFilter">It can't be read.</exception>
    public static FilterNode? Read(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        var parser = new FilterParser(FilterTokenizer.Read(text));
        var node = parser.Either();
        if (parser.Now.Kind != FilterTokenKind.End)
            throw new BadFilter("Expected 'and', 'or' or the end of the filter", parser.Now.Position);
        return node;
    }

    private FilterNode Either()
    {
        var parts = new List<FilterNode> { Both() };
        while (Now.Is("or"))
        {
            _at++;
            parts.Add(Both());
        }

        return parts.Count == 1 ? parts[0] : new AnyOf(parts);
    }

    private FilterNode Both()
    {
        var parts = new List<FilterNode> { One() };
        while (Now.Is("and"))
        {
            _at++;
            parts.Add(One());
        }

        return parts.Count == 1 ? parts[0] : new AllOf(parts);
    }

    private FilterNode One()
    {
        if (Now.Kind != FilterTokenKind.Open)
            return Compared();
        if (++_depth > MaxDepth)
            throw new BadFilter($"Brackets are nested deeper than {MaxDepth}", Now.Position);
        _at++;
        var inner = Either();
        Take(FilterTokenKind.Close, "Expected a closing bracket");
        _depth--;
        return inner;
    }

    private Comparison Compared()
    {
        if (++_comparisons > MaxComparisons)
            throw new BadFilter($"The filter has more than {MaxComparisons} comparisons", Now.Position);
        var field = Take(FilterTokenKind.Word, "Expected the name of a field");
        var word = Take(FilterTokenKind.Word, "Expected eq, ne, lt, le, gt, ge, in, contains, starts or is");
        if (word.Is("is"))
            return new(field.Text, field.Position, Is("not") ? FilterOperator.Ne : FilterOperator.Eq, [StateWord()]);
        var found = OperatorOf(word);
        return new(field.Text, field.Position, found, found == FilterOperator.In ? List() : [Value()]);
    }

    private bool Is(string word)
    {
        if (!Now.Is(word))
            return false;
        _at++;
        return true;
    }

    private FilterValue StateWord() => Now.Is("null") || Now.Is("true") || Now.Is("false") || Now.Is("me")
        ? Value()
        : throw new BadFilter("Expected null, true, false or me after 'is'", Now.Position);

    private static FilterOperator OperatorOf(FilterToken word) => word.Text.ToUpperInvariant() switch
    {
        "EQ" => FilterOperator.Eq,
        "NE" => FilterOperator.Ne,
        "LT" => FilterOperator.Lt,
        "LE" => FilterOperator.Le,
        "GT" => FilterOperator.Gt,
        "GE" => FilterOperator.Ge,
        "IN" => FilterOperator.In,
        "CONTAINS" => FilterOperator.Contains,
        "STARTS" => FilterOperator.Starts,
        _ => throw new BadFilter("Expected eq, ne, lt, le, gt, ge, in, contains, starts or is", word.Position),
    };

    private List<FilterValue> List()
    {
        Take(FilterTokenKind.Open, "Expected a list in brackets after 'in'");
        var values = new List<FilterValue> { Value() };
        while (Now.Kind == FilterTokenKind.Comma)
        {
            _at++;
            if (values.Count == MaxValues)
                throw new BadFilter($"The list has more than {MaxValues} values", Now.Position);
            values.Add(Value());
        }

        Take(FilterTokenKind.Close, "Expected a comma or a closing bracket");
        return values;
    }

    private FilterValue Value()
    {
        var token = Now;
        if (token.Kind is not (FilterTokenKind.Word or FilterTokenKind.Text) || token.Is("and") || token.Is("or"))
            throw new BadFilter("Expected a value", token.Position);
        _at++;
        return new(token.Text, token.Kind == FilterTokenKind.Text, token.Position);
    }

    private FilterToken Take(FilterTokenKind kind, string otherwise)
    {
        var token = Now;
        if (token.Kind != kind)
            throw new BadFilter(otherwise, token.Position);
        _at++;
        return token;
    }
}
