using System.Globalization;
using Crm.Abstractions.Records;

namespace Crm.Kernel.CustomFields.Formulas;

/// <summary>What formulas can do with values. Nothing here asks for the time or another record: a formula says the same until its record is saved again.</summary>
internal static class FormulaFunctions
{
    private const FieldKind N = FieldKind.Number;
    private const FieldKind T = FieldKind.Text;
    private const FieldKind D = FieldKind.Date;

    /// <summary>The function of a name for values of these types, or null.</summary>
    public static Term? Find(string name, IReadOnlyList<Term> given) => name switch
    {
        "if" when given.Count == 3 && given[0].Type == FieldKind.YesNo && given[1].Type == given[2].Type =>
            new(given[1].Type, r => given[0].Value(r) is true ? given[1].Value(r) : given[2].Value(r)),
        "first" when given.Count > 0 && given.All(g => g.Type == given[0].Type) =>
            new(given[0].Type, r => given.Select(g => g.Value(r)).FirstOrDefault(v => v is not null and not "")),
        "isEmpty" when given.Count == 1 => new(FieldKind.YesNo, r => given[0].Value(r) is null or ""),
        "min" or "max" when given.Count > 0 && given.All(g => g.Type is N or D && g.Type == given[0].Type) =>
            new(given[0].Type, r => given.Select(g => g.Value(r)).Where(v => v is not null) is var all && name == "min" ? all.Min() : all.Max()),
        _ => OfNumbers(name, given) ?? OfTexts(name, given) ?? OfDates(name, given),
    };

    /// <summary>Compares two values of one type; nothing equals nothing, and is neither more nor less.</summary>
    public static object? Compare(string sign, object? a, object? b)
    {
        if (a is null || b is null)
            return sign switch { "=" => a is null && b is null, "<>" => a is null != b is null, _ => false };
        var order = a is string x ? string.Compare(x, (string)b, StringComparison.OrdinalIgnoreCase) : Comparer<object>.Default.Compare(a, b);
        return sign switch { "=" => order == 0, "<>" => order != 0, "<" => order < 0, "<=" => order <= 0, ">" => order > 0, _ => order >= 0 };
    }

    public static string Join(object? a, object? b)
    {
        var text = Words(a) + Words(b);
        return text.Length <= 4 * Formula.MaxText ? text : text[..(4 * Formula.MaxText)];
    }

    private static Term? OfNumbers(string name, IReadOnlyList<Term> given) => (name, given) switch
    {
        ("round", [{ Type: N } value]) => new(N, r => value.Value(r) is decimal n ? decimal.Round(n, MidpointRounding.AwayFromZero) : null),
        ("round", [{ Type: N } value, { Type: N } places]) => new(N, r => value.Value(r) is decimal n && places.Value(r) is decimal p
            ? decimal.Round(n, (int)Math.Clamp(p, 0, 6), MidpointRounding.AwayFromZero) : null),
        ("floor", [{ Type: N } value]) => new(N, r => value.Value(r) is decimal n ? Math.Floor(n) : null),
        ("abs", [{ Type: N } value]) => new(N, r => value.Value(r) is decimal n ? Math.Abs(n) : null),
        _ => null,
    };

    private static Term? OfTexts(string name, IReadOnlyList<Term> given) => (name, given) switch
    {
        ("text", [var value]) => new(T, r => Words(value.Value(r))),
        ("length", [{ Type: T } value]) => new(N, r => (decimal)Words(value.Value(r)).Length),
        ("upper", [{ Type: T } value]) => new(T, r => Words(value.Value(r)).ToUpperInvariant()),
        ("trim", [{ Type: T } value]) => new(T, r => Words(value.Value(r)).Trim()),
        ("left", [{ Type: T } value, { Type: N } count]) => new(T, r => Left(Words(value.Value(r)), count.Value(r))),
        ("contains", [{ Type: T } value, { Type: T } part]) => new(FieldKind.YesNo, r => Words(value.Value(r)).Contains(Words(part.Value(r)), StringComparison.OrdinalIgnoreCase)),
        _ => null,
    };

    private static Term? OfDates(string name, IReadOnlyList<Term> given) => (name, given) switch
    {
        ("year", [{ Type: D } day]) => new(N, r => day.Value(r) is DateOnly d ? (decimal)d.Year : null),
        ("month", [{ Type: D } day]) => new(N, r => day.Value(r) is DateOnly d ? (decimal)d.Month : null),
        ("day", [{ Type: D } day]) => new(N, r => day.Value(r) is DateOnly d ? (decimal)d.Day : null),
        ("days", [{ Type: D } later, { Type: D } earlier]) => new(N, r => later.Value(r) is DateOnly a && earlier.Value(r) is DateOnly b ? (decimal)(a.DayNumber - b.DayNumber) : null),
        ("addDays", [{ Type: D } day, { Type: N } count]) => new(D, r => day.Value(r) is DateOnly d && count.Value(r) is decimal n ? d.AddDays(decimal.ToInt32(n)) : null),
        ("addMonths", [{ Type: D } day, { Type: N } count]) => new(D, r => day.Value(r) is DateOnly d && count.Value(r) is decimal n ? d.AddMonths(decimal.ToInt32(n)) : null),
        ("date", [{ Type: N } year, { Type: N } month, { Type: N } day]) => new(D, r => year.Value(r) is decimal y && month.Value(r) is decimal m && day.Value(r) is decimal d
            ? new DateOnly(decimal.ToInt32(y), decimal.ToInt32(m), decimal.ToInt32(d)) : null),
        _ => null,
    };

    private static string Left(string text, object? count)
    {
        var length = (int)Math.Clamp(count as decimal? ?? 0, 0, text.Length);
        return text[..(length > 0 && char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
    }

    private static string Words(object? value) => value switch
    {
        null => "",
        bool yes => yes ? "yes" : "no",
        decimal number => number.ToString("0.######", CultureInfo.InvariantCulture),
        _ => Records.FieldText.Plain(value),
    };
}
