using System.Globalization;
using Crm.Abstractions.Records;
using Microsoft.Extensions.Localization;

namespace Crm.Kernel.RecordPages;

/// <summary>Says a condition as a sentence: "Owner is me", "Last contact over 30 days ago".</summary>
internal static class FilterWords
{
    public static string OperatorWords(string op, FieldKind kind, IStringLocalizer l) => op switch
    {
        "contains" => l["contains"].Value,
        "starts" => l["begins with"].Value,
        "eq" when kind is FieldKind.ManyOf or FieldKind.Links or FieldKind.Users => l["has"].Value,
        "eq" => l["is"].Value,
        "ne" => l["is not"].Value,
        "ge" when kind is FieldKind.Date or FieldKind.Instant => l["on or after"].Value,
        "le" when kind is FieldKind.Date or FieldKind.Instant => l["on or before"].Value,
        "gt" when kind is FieldKind.Date or FieldKind.Instant => l["after"].Value,
        "lt" when kind is FieldKind.Date or FieldKind.Instant => l["before"].Value,
        "ge" => l["at least"].Value,
        "le" => l["at most"].Value,
        "gt" => l["over"].Value,
        "lt" => l["under"].Value,
        "within" => l["in the last"].Value,
        "before-last" => l["longer ago than"].Value,
        "empty" => l["is empty"].Value,
        "filled" => l["is filled in"].Value,
        "in" => l["is one of"].Value,
        _ => op,
    };

    /// <param name="names">What ids in conditions are called.</param>
    public static string Sentence(FilterClause clause, RecordField? field, IReadOnlyDictionary<Guid, string> names, IStringLocalizer l)
    {
        if (field is null)
            return clause.Text;
        var label = l[field.Label].Value;
        if (clause.IsWord && clause.Value.Equals("null", StringComparison.OrdinalIgnoreCase))
            return $"{label} {OperatorWords(clause.Op is "ne" ? "filled" : "empty", field.Kind, l)}";
        if (clause.IsWord && Relative(clause.Value, l) is { } span)
        {
            return clause.Value[0] == '-'
                ? clause.Op is "lt" or "le" ? l["{0} over {1} ago", label, span] : l["{0} in the last {1}", label, span]
                : clause.Op is "lt" or "le" ? l["{0} within {1}", label, span] : l["{0} in over {1}", label, span];
        }

        return $"{label} {OperatorWords(clause.Op, field.Kind, l)} {Value(clause, field, names, l)}";
    }

    private static string Value(FilterClause clause, RecordField field, IReadOnlyDictionary<Guid, string> names, IStringLocalizer l)
    {
        var plain = clause.Plain;
        if (Guid.TryParse(plain, out var id))
            return names.GetValueOrDefault(id) ?? l["something you may not see"];
        return plain switch
        {
            "me" when clause.IsWord => l["me"].Value,
            "true" when field.Kind == FieldKind.YesNo => l["yes"].Value,
            "false" when field.Kind == FieldKind.YesNo => l["no"].Value,
            "today" or "now" when clause.IsWord => l[plain],
            _ when DateOnly.TryParseExact(plain, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) => day.ToString("d", CultureInfo.CurrentCulture),
            _ => FieldMarkup.Label(field, plain, l),
        };
    }

    private static string? Relative(string value, IStringLocalizer l)
    {
        if (value.Length < 3 || value[0] is not ('-' or '+') || !int.TryParse(value.AsSpan(1, value.Length - 2), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            return null;
        return value[^1] switch
        {
            'd' => count == 1 ? l["1 day"].Value : l["{0} days", count].Value,
            'w' => count == 1 ? l["1 week"].Value : l["{0} weeks", count].Value,
            'm' => count == 1 ? l["1 month"].Value : l["{0} months", count].Value,
            'y' => count == 1 ? l["1 year"].Value : l["{0} years", count].Value,
            _ => null,
        };
    }
}
