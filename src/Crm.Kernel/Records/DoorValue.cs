using System.Globalization;
using System.Text.Json;
using Crm.Abstractions.Records;
using Crm.Kernel.CustomFields;
using Crm.Kernel.Filters;

namespace Crm.Kernel.Records;

/// <summary>Values as every door has them: read from what somebody gave, and from what columns hold.</summary>
internal static class DoorValue
{
    private const int MaxEntries = 100;

    /// <summary>Reads a value that somebody gave; text of the plain form is read for any kind.</summary>
    /// <exception cref="RuleViolation">It is none of the field's kind.</exception>
    public static object? Read(RecordField field, object? raw)
    {
        var value = Read(field.Name, field.Kind, field.Options, field.MaxLength, raw);
        return field.IsCustom ? CustomFieldRules.Fit(field, value) : value;
    }

    /// <summary>Reads a value that a deed is told.</summary>
    public static object? Read(DeedInput input, object? raw) => Read(input.Name, input.Kind, input.Options, 20_000, raw);

    /// <summary>A column's value as the doors have it.</summary>
    public static object? Of(object? value) => value switch
    {
        null => null,
        Enum name => JsonNamingPolicy.CamelCase.ConvertName(name.ToString()),
        int or long or short or byte or double or float => Number(value),
        Guid id when id == Guid.Empty => null,
        DateTimeOffset at => at.ToUniversalTime(),
        // As they are now: a record's own list goes on changing.
        IEnumerable<Guid> ids => ids.ToList(),
        _ => value,
    };

    public static bool IsEmpty(object? value) => value switch
    {
        null => true,
        string text => text.Length == 0,
        System.Collections.ICollection list => list.Count == 0,
        _ => false,
    };

    public static bool AreSame(object? a, object? b)
    {
        if (IsEmpty(a) || IsEmpty(b))
            return IsEmpty(a) && IsEmpty(b);
        return (a, b) switch
        {
            (IEnumerable<ValueEntry> x, IEnumerable<ValueEntry> y) => x.Select(v => (v.Kind, v.Value)).SequenceEqual(y.Select(v => (v.Kind, v.Value))),
            (IEnumerable<Guid> x, IEnumerable<Guid> y) => x.ToHashSet().SetEquals(y),
            (IEnumerable<string> x, IEnumerable<string> y) when a is not string => x.SequenceEqual(y, StringComparer.Ordinal),
            _ => Equals(a, b),
        };
    }

    private static object? Read(string name, FieldKind kind, IReadOnlyList<FieldOption> options, int max, object? raw)
    {
        if (raw is null || (raw is string text && text.Trim().Length == 0))
            return null;
        return kind switch
        {
            FieldKind.Text => PlainText.Line(name, Sound(name, raw, max)),
            FieldKind.LongText => Sound(name, raw, max).TrimEnd(),
            FieldKind.Number => ReadNumber(name, raw),
            FieldKind.Date => raw as DateOnly? ?? ReadDay(name, raw),
            FieldKind.Instant => ReadInstant(name, raw),
            FieldKind.YesNo => ReadYesNo(name, raw),
            FieldKind.OneOf => Option(name, options, Sound(name, raw, max)),
            FieldKind.ManyOf => Many(name, options, max, raw),
            FieldKind.Values => Entries(name, options, max, raw),
            FieldKind.Money => raw as Money? ?? (raw is string sum ? Currencies.Read(sum) : null) ?? throw new RuleViolation(name, "Give an amount and a currency, such as 12.50 EUR."),
            FieldKind.Time => raw as TimeOnly? ?? ReadTime(name, raw),
            FieldKind.Links or FieldKind.Users => Pointers(name, raw),
            _ => raw as Guid? ?? (raw is string id && Guid.TryParse(id, out var read) && read != Guid.Empty ? read : throw new RuleViolation(name, "Give an id.")),
        };
    }

    private static List<Guid> Pointers(string name, object raw)
    {
        var ids = raw is IEnumerable<Guid> read
            ? read.Distinct().Take(MaxEntries + 1).ToList()
            : Many(name, [], 36, raw).Select(w => Guid.TryParse(w, out var id) && id != Guid.Empty ? id : throw new RuleViolation(name, "Give ids.")).Distinct().ToList();
        return ids.Count > MaxEntries ? throw new RuleViolation(name, "Give at most {0}.", MaxEntries) : ids;
    }

    private static decimal? Number(object value) => value switch
    {
        double d when !double.IsFinite(d) || Math.Abs(d) > 7e27 => null,
        float f when !float.IsFinite(f) || Math.Abs(f) > 7e27 => null,
        _ => Convert.ToDecimal(value, CultureInfo.InvariantCulture),
    };

    private static string Sound(string name, object raw, int max) => PlainText.Sound(name, raw as string ?? throw new RuleViolation(name, "Give a text."), max);

    private static object ReadNumber(string name, object raw) => raw switch
    {
        decimal number => number,
        int or long or short or byte or double or float => Number(raw) ?? throw new RuleViolation(name, "Give a number."),
        string text when decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        _ => throw new RuleViolation(name, "Give a number."),
    };

    private static DateOnly ReadDay(string name, object raw) =>
        raw is string text && DateOnly.TryParseExact(text.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : throw new RuleViolation(name, "Give a day as 2026-01-31.");

    private static DateTimeOffset ReadInstant(string name, object raw)
    {
        if (raw is DateTimeOffset at)
            return at.ToUniversalTime();
        // A number, or words, are no moment, whatever the framework would make of them.
        return raw is string { Length: >= 10 } text && char.IsAsciiDigit(text[3])
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out at)
            ? at
            : throw new RuleViolation(name, "Give a moment as 2026-01-31T14:30:00Z.");
    }

    private static TimeOnly ReadTime(string name, object raw) =>
        raw is string text && TimeOnly.TryParseExact(text.Trim(), ["HH:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? time
            : throw new RuleViolation(name, "Give a time of day as 14:30.");

    private static bool ReadYesNo(string name, object raw) => raw switch
    {
        bool yes => yes,
        string text when text.Trim().ToUpperInvariant() is "TRUE" or "YES" or "ON" or "1" => true,
        string text when text.Trim().ToUpperInvariant() is "FALSE" or "NO" or "OFF" or "0" => false,
        _ => throw new RuleViolation(name, "Give true or false."),
    };

    private static string Option(string name, IReadOnlyList<FieldOption> options, string text)
    {
        var value = text.Trim();
        if (options.Count == 0)
            return value;
        return options.FirstOrDefault(o => string.Equals(o.Value, value, StringComparison.OrdinalIgnoreCase))?.Value
            ?? throw new RuleViolation(name, "Choose one of: {0}.", string.Join(", ", options.Select(o => o.Value)));
    }

    private static List<string> Many(string name, IReadOnlyList<FieldOption> options, int max, object raw)
    {
        var given = raw is string text ? text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) : raw as IEnumerable<string>
            ?? throw new RuleViolation(name, "Give a list of texts.");
        var words = given.Select(w => Option(name, options, PlainText.Line(name, Sound(name, w, max)))).Where(w => w.Length > 0)
            .Distinct(StringComparer.Ordinal).Take(MaxEntries + 1).ToList();
        return words.Count > MaxEntries ? throw new RuleViolation(name, "Give at most {0}.", MaxEntries) : words;
    }

    private static List<ValueEntry> Entries(string name, IReadOnlyList<FieldOption> options, int max, object raw)
    {
        var given = raw is string text ? [new ValueEntry("", text)] : raw as IEnumerable<ValueEntry>
            ?? throw new RuleViolation(name, "Give a list of kinds and values.");
        var entries = given.Where(e => !string.IsNullOrWhiteSpace(e.Value)).Take(MaxEntries + 1).Select(e => e with
        {
            Kind = string.IsNullOrWhiteSpace(e.Kind) && options.Count > 0 ? options[0].Value : Option(name, options, PlainText.Line(name, Sound(name, e.Kind ?? "", 50))),
            Value = PlainText.Line(name, Sound(name, e.Value, max)),
        }).ToList();
        return entries.Count > MaxEntries ? throw new RuleViolation(name, "Give at most {0}.", MaxEntries) : entries;
    }
}
