using System.Globalization;
using Crm.Abstractions.Records;

namespace Crm.Kernel.Import;

/// <summary>Reads a cell as a field holds it.</summary>
internal static class CellText
{
    private static readonly string[] _yes = ["yes", "y", "true", "1", "x", "ja", "jā", "taip", "是"];
    private static readonly string[] _no = ["no", "n", "false", "0", "nej", "nē", "ne", "否"];

    /// <summary>The value, or why the cell isn't one.</summary>
    public static (object? Value, string? Fault) Read(ImportColumn column, string text, DateOrder order)
    {
        var field = column.Field!;
        return field.Kind switch
        {
            FieldKind.Text or FieldKind.LongText => Words(field, text),
            FieldKind.Number => Number(text) is { } number ? (number, null) : (null, $"'{Clip(text)}' is not a number."),
            FieldKind.Date => DateText.Day(text, order) is { } day ? (day, null) : (null, $"'{Clip(text)}' is not a date."),
            FieldKind.Instant => DateText.Moment(text, order) is { } at ? (at, null) : (null, $"'{Clip(text)}' is not a date and time."),
            FieldKind.YesNo => YesNo(text),
            FieldKind.OneOf => Option(field, text),
            FieldKind.ManyOf => Options(field, text),
            FieldKind.Values => Values(column, text),
            FieldKind.Money => CustomFields.Currencies.Read(text) is { } money ? (money, null) : (null, $"'{Clip(text)}' is no amount with a currency, such as 12.50 EUR."),
            FieldKind.Time => TimeOnly.TryParse(text, CultureInfo.InvariantCulture, out var time) ? (time, null) : (null, $"'{Clip(text)}' is not a time of day."),
            _ => (null, "This column can't be imported."),
        };
    }

    public static string Clip(string text) => PlainText.Shorten(text, 61);

    private static (object?, string?) Words(RecordField field, string text)
    {
        if (text.Length > field.MaxLength)
            return (null, $"The text has {text.Length} characters, at most {field.MaxLength} are kept.");
        return (field.Kind == FieldKind.Text ? text.ReplaceLineEndings(" ") : text.ReplaceLineEndings("\n"), null);
    }

    /// <summary>A number with decimal point or comma, thousands separated or not.</summary>
    public static decimal? Number(string text)
    {
        var plain = text.Replace(" ", "", StringComparison.Ordinal).Replace("\u00a0", "", StringComparison.Ordinal);
        var (comma, dot) = (plain.LastIndexOf(','), plain.LastIndexOf('.'));
        // The last of the two is the decimal sign; a lone comma before three digits separates thousands.
        if (comma > dot && (dot >= 0 || plain.Length - comma - 1 != 3 || plain.Count(c => c == ',') == 0))
            plain = plain.Replace(".", "", StringComparison.Ordinal).Replace(',', '.');
        return decimal.TryParse(plain, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    private static (object?, string?) YesNo(string text) =>
        _yes.Contains(text, StringComparer.OrdinalIgnoreCase) ? (true, null)
        : _no.Contains(text, StringComparer.OrdinalIgnoreCase) ? (false, null)
        : (null, $"'{Clip(text)}' is neither yes nor no.");

    private static (object?, string?) Option(RecordField field, string text)
    {
        var key = HeaderText.Key(text);
        var option = field.Options.FirstOrDefault(o => HeaderText.Key(o.Value) == key) ?? field.Options.FirstOrDefault(o => HeaderText.Key(o.Label) == key);
        return option is not null ? (option.Value, null)
            : (null, $"'{Clip(text)}' is none of {string.Join(", ", field.Options.Take(8).Select(o => o.Value))}{(field.Options.Count > 8 ? " …" : "")}.");
    }

    private static (object?, string?) Options(RecordField field, string text)
    {
        var words = text.Split([';', ',', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (field.Options.Count == 0)
            return words.FirstOrDefault(w => w.Length > field.MaxLength) is { } tooLong ? (null, $"'{Clip(tooLong)}' is too long.") : (words.ToList(), null);
        var values = new List<string>();
        foreach (var word in words)
        {
            var (value, fault) = Option(field, word);
            if (fault is not null)
                return (null, fault);
            values.Add((string)value!);
        }

        return (values, null);
    }

    private static (object?, string?) Values(ImportColumn column, string text)
    {
        var values = text.Split(["; ", "\n"], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return values.FirstOrDefault(v => v.Length > column.Field!.MaxLength) is { } tooLong
            ? (null, $"'{Clip(tooLong)}' has more than {column.Field!.MaxLength} characters.")
            : (values.Select(v => new ValueEntry(column.ValueKind, v)).ToList(), null);
    }
}
