using System.Text.RegularExpressions;
using Crm.Abstractions.Records;

namespace Crm.Kernel.RecordPages;

/// <summary>One condition of a filter whose conditions are joined by "and": what a chip shows and takes away.</summary>
/// <param name="Text">As it stands in the filter.</param>
/// <param name="Field">The field's name; empty where it is more than one plain condition.</param>
internal sealed partial record FilterClause(string Text, string Field = "", string Op = "", string Value = "")
{
    /// <summary>The operators that make sense for a kind of field, in the order in which they are offered.</summary>
    public static IReadOnlyList<string> Operators(FieldKind kind) => kind switch
    {
        FieldKind.Text or FieldKind.LongText => ["contains", "starts", "eq", "ne", "empty", "filled"],
        FieldKind.Number or FieldKind.Money or FieldKind.Time => ["eq", "ge", "le", "empty", "filled"],
        FieldKind.Date or FieldKind.Instant => ["within", "before-last", "ge", "le", "empty", "filled"],
        FieldKind.YesNo => ["eq"],
        FieldKind.OneOf => ["eq", "ne", "empty", "filled"],
        FieldKind.ManyOf => ["eq", "contains"],
        FieldKind.Values => ["contains", "starts", "eq"],
        _ => ["eq", "ne", "empty", "filled"],
    };

    /// <summary>Splits at the "and" between conditions, outside of quotes and parentheses. With an "or" at the top it is one piece.</summary>
    public static IReadOnlyList<FilterClause> Read(string? filter)
    {
        if (string.IsNullOrWhiteSpace(filter))
            return [];
        var pieces = Pieces(filter, out var whole);
        return whole ? [new FilterClause(filter.Trim()) { IsEither = true }] : pieces.ConvertAll(Of);
    }

    public static string Join(IEnumerable<FilterClause> clauses)
    {
        var all = clauses.ToList();
        return all.Count == 1 ? all[0].Text : string.Join(" and ", all.Select(c => c.IsEither ? $"({c.Text})" : c.Text));
    }

    /// <summary>Makes a condition from what was chosen in the filter form; null where the value is missing.</summary>
    public static FilterClause? Make(RecordField field, string op, string value)
    {
        value = value.Trim();
        if (op is "empty" or "filled")
            return Of($"{field.Name} {(op == "empty" ? "eq" : "ne")} null");
        if (value.Length == 0)
            return field.Kind == FieldKind.YesNo ? Of($"{field.Name} eq false") : null;
        if (op is "within" or "before-last")
            return RelativeTime().IsMatch(value) ? Of($"{field.Name} {(op == "within" ? "ge" : "lt")} {value}") : null;
        return Operators(field.Kind).Contains(op, StringComparer.Ordinal) ? Of($"{field.Name} {op} {Literal(field.Kind, value)}") : null;
    }

    /// <summary>A text in quotes, as the grammar has it.</summary>
    public static string Quote(string text) => "\"" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";

    /// <summary>The value without its quotes.</summary>
    public string Plain => Value.Length > 1 && Value[0] == '"' && Value[^1] == '"'
        ? Value[1..^1].Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal)
        : Value;

    /// <summary>True where it is an "or" that needs parentheses beside others.</summary>
    public bool IsEither { get; private init; }

    public bool IsWord => Value.Length == 0 || Value[0] != '"';

    private static string Literal(FieldKind kind, string value) => kind switch
    {
        FieldKind.Number or FieldKind.Money or FieldKind.YesNo => value.Replace(',', '.'),
        FieldKind.Date or FieldKind.Instant => RelativeTime().IsMatch(value) || Day().IsMatch(value) || value is "today" or "now" ? value : Quote(value),
        FieldKind.User or FieldKind.Users when value == "me" => value,
        _ => Quote(value),
    };

    private static FilterClause Of(string text) => Condition().Match(text) is { Success: true } m
        ? new FilterClause(text.Trim(), m.Groups["field"].Value, m.Groups["op"].Value.ToLowerInvariant(), m.Groups["value"].Value.Trim())
        : new FilterClause(text.Trim());

    private static List<string> Pieces(string filter, out bool whole)
    {
        whole = false;
        var pieces = new List<string>();
        var (start, depth, quoted) = (0, 0, false);
        for (var i = 0; i < filter.Length; i++)
        {
            var c = filter[i];
            if (quoted && c == '\\')
                i++;
            else if (c == '"')
                quoted = !quoted;
            else if (!quoted && c is '(' or ')')
                depth += c == '(' ? 1 : -1;
            else if (!quoted && depth == 0 && IsWordAt(filter, i, "or"))
                whole = true;
            else if (!quoted && depth == 0 && IsWordAt(filter, i, "and"))
            {
                pieces.Add(filter[start..i]);
                start = i + 3;
            }
        }

        pieces.Add(filter[start..]);
        return pieces.FindAll(p => !string.IsNullOrWhiteSpace(p));
    }

    private static bool IsWordAt(string text, int at, string word) =>
        at > 0 && char.IsWhiteSpace(text[at - 1]) && at + word.Length < text.Length && char.IsWhiteSpace(text[at + word.Length])
        && string.Compare(text, at, word, 0, word.Length, StringComparison.OrdinalIgnoreCase) == 0;

    [GeneratedRegex(@"^\s*(?<field>[A-Za-z_][\w.]*)\s+(?<op>eq|ne|lt|le|gt|ge|in|contains|starts|is)\s+(?<value>[^()]+|\([^()]*\))\s*$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Condition();

    [GeneratedRegex(@"^[+-]\d{1,5}[dwmy]$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RelativeTime();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Day();
}
