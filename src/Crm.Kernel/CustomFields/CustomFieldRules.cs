using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Crm.Abstractions.Records;
using Crm.Kernel.Filters;
using Crm.Kernel.Records;

namespace Crm.Kernel.CustomFields;

/// <summary>What fields may be called and hold.</summary>
internal static partial class CustomFieldRules
{
    /// <summary>Of one type, in use.</summary>
    public const int MostFields = 200;

    /// <summary>Of one type, retired ones included: their values and names are kept.</summary>
    public const int MostEver = 500;

    public const int MostOptions = 200;

    /// <summary>Fifteen digits, which both databases keep and compare exactly.</summary>
    public const decimal MostNumber = 999_999_999_999m;

    // What every record has, what filters and addresses mean by a word, and what scripts find in every object.
    private static readonly HashSet<string> _taken = new(StringComparer.OrdinalIgnoreCase)
    {
        "id", "type", "title", "url", "version", "kind", "createdAt", "updatedAt", "owner", "department", "externalId", "about", "record",
        "me", "null", "true", "false", "today", "now", "and", "or", "not", "in", "is", "eq", "ne", "lt", "le", "gt", "ge", "contains", "starts", "if",
        "filter", "sort", "fields", "limit", "after", "count", "q", "constructor", "prototype", "toString", "valueOf", "hasOwnProperty",
    };

    /// <summary>The kinds on offer.</summary>
    public static IReadOnlyList<FieldKind> Kinds { get; } =
    [
        FieldKind.Text, FieldKind.LongText, FieldKind.Number, FieldKind.Money, FieldKind.Date, FieldKind.Time, FieldKind.Instant,
        FieldKind.YesNo, FieldKind.OneOf, FieldKind.ManyOf, FieldKind.Link,
    ];

    /// <summary>The kinds of which no two records may share a value, where that is asked for.</summary>
    public static bool MayBeUnique(FieldKind kind) => kind is FieldKind.Text or FieldKind.Number;

    /// <summary>What a formula may give.</summary>
    public static bool MayBeComputed(FieldKind kind) => kind is FieldKind.Text or FieldKind.Number or FieldKind.Date or FieldKind.YesNo;

    public static bool MayBeSearched(FieldKind kind) => kind is FieldKind.Text or FieldKind.LongText or FieldKind.OneOf or FieldKind.ManyOf;

    /// <summary>Says why a name can't be taken; null where it can.</summary>
    public static string? RefuseName(string name, RecordType type, IEnumerable<string> others)
    {
        if (!Name().IsMatch(name))
            return "Give a name of up to 40 letters a–z and digits that begins with a small letter.";
        if (_taken.Contains(name) || type.OwnFields.Any(f => string.Equals(f.Name, name, StringComparison.OrdinalIgnoreCase)))
            return "This name means something already: choose another.";
        return others.Contains(name, StringComparer.OrdinalIgnoreCase) ? "There is a field of this name already; it may be retired." : null;
    }

    /// <summary>A name made of a label, "Hull no." → "hullNo"; one with a number where the label has no letter that a name may have.</summary>
    public static string NameOf(string label, string fallback, Func<string, bool> isFree)
    {
        var plain = string.Concat(label.Normalize(NormalizationForm.FormD).Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark));
        var words = NoName().Split(plain).Where(w => w.Length > 0).Select((w, i) => i == 0 ? Small(w) : char.ToUpperInvariant(w[0]) + Small(w[1..]));
        var name = string.Concat(words);
        name = name.Length == 0 || char.IsAsciiDigit(name[0]) ? fallback : name.Length > 36 ? name[..36] : name;
        for (var i = 2; ; i++)
        {
            if (isFree(name))
                return name;
            name = name.TrimEnd("0123456789".ToCharArray()) + i.ToString(CultureInfo.InvariantCulture);
        }
    }

    /// <summary>A text that somebody typed in one line, checked.</summary>
    public static string Line(Dictionary<string, string[]> errors, string field, string? text, int most, bool must = false)
    {
        var line = (text ?? "").Trim();
        if (line.Length > most || (must && line.Length == 0))
            errors[field] = [must ? $"Give between 1 and {most} characters." : $"Give at most {most} characters."];
        else if (line.Any(char.IsControl) || PlainText.FindUnsound(line) is not null)
            errors[field] = ["This must be one line without control characters."];
        return line;
    }

    /// <summary>A value as a custom field keeps it.</summary>
    /// <exception cref="RuleViolation">It is more than is kept.</exception>
    public static object? Fit(RecordField field, object? value) => value switch
    {
        decimal number when Math.Abs(number) > MostNumber => throw new RuleViolation(field.Name, "The number is too large."),
        decimal number => decimal.Round(number, 6) is var kept && Digits(kept) <= 15 ? kept : throw new RuleViolation(field.Name, "At most 15 digits are kept."),
        Money { Amount: var amount } when Math.Abs(amount) > MostNumber => throw new RuleViolation(field.Name, "The amount is too large."),
        Money money when decimal.Round(money.Amount, 4) != money.Amount || Digits(money.Amount) > 15 => throw new RuleViolation(field.Name, "Give at most four decimals and 15 digits."),
        Money money when !Currencies.Has(money.Currency) => throw new RuleViolation(field.Name, "Give the currency as three letters, such as EUR."),
        TimeOnly time => new TimeOnly(time.Hour, time.Minute, time.Second),
        DateTimeOffset at => new DateTimeOffset(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero),
        _ => value,
    };

    private static int Digits(decimal number) =>
        Math.Abs(number).ToString("0.######", CultureInfo.InvariantCulture).Replace(".", "", StringComparison.Ordinal).TrimStart('0').Length;

#pragma warning disable CA1308 // A name is small where it isn't the beginning of a word.
    private static string Small(string word) => word.ToLowerInvariant();
#pragma warning restore CA1308

    [GeneratedRegex("^[a-z][a-zA-Z0-9]{0,39}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Name();

    [GeneratedRegex("[^a-zA-Z0-9]+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NoName();
}
