namespace Crm.Kernel.Filters;

/// <summary>A filter as it was read.</summary>
internal abstract record FilterNode
{
    /// <summary>The names of the fields that it compares, as they were written.</summary>
    public IEnumerable<string> Fields => this switch
    {
        AllOf all => all.Parts.SelectMany(p => p.Fields),
        AnyOf any => any.Parts.SelectMany(p => p.Fields),
        NoneOf none => none.Part.Fields,
        Inside inside => inside.Part.Fields,
        Comparison one => [one.Field],
        _ => [],
    };
}

/// <summary>All parts hold.</summary>
internal sealed record AllOf(IReadOnlyList<FilterNode> Parts) : FilterNode;

/// <summary>One of the parts holds.</summary>
internal sealed record AnyOf(IReadOnlyList<FilterNode> Parts) : FilterNode;

/// <summary>The part does not hold.</summary>
internal sealed record NoneOf(FilterNode Part) : FilterNode;

/// <summary>The conditions of a named segment.</summary>
/// <param name="Position">Where the filter names it.</param>
internal sealed record Inside(string Segment, int Position, FilterNode Part) : FilterNode;

/// <summary>A field compared with a value, or with several.</summary>
internal sealed record Comparison(string Field, int Position, FilterOperator Operator, IReadOnlyList<FilterValue> Values) : FilterNode;

/// <summary>A value as it was written; a quoted one is never a word such as <c>me</c>.</summary>
internal sealed record FilterValue(string Text, bool IsQuoted, int Position)
{
    public bool IsNull => Is("null");

    public bool Is(string word) => !IsQuoted && string.Equals(Text, word, StringComparison.OrdinalIgnoreCase);
}

/// <summary>How a field is compared. <c>is</c> is read as <see cref="Eq"/>, <c>is not</c> as <see cref="Ne"/>.</summary>
internal enum FilterOperator
{
    Eq,
    Ne,
    Lt,
    Le,
    Gt,
    Ge,
    In,
    Contains,
    Starts,
}
