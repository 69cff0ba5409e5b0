using System.Globalization;
using Crm.Abstractions.Records;
using Crm.Kernel.Records;
using Microsoft.AspNetCore.Http;

namespace Crm.Kernel.RecordPages;

/// <summary>What stands in a field's inputs, and what it means: the same words there and back, so that only what was changed is saved.</summary>
internal static class FieldInput
{
    private const char Separator = '\t';

    /// <summary>The texts of a value's inputs. One of several values is its kind, a tab, and the value.</summary>
    public static string[] Raw(RecordField field, object? value, TimeZoneInfo zone) => value switch
    {
        null or "" => [],
        bool yes => [yes ? "true" : "false"],
        decimal number => [number.ToString(CultureInfo.CurrentCulture)],
        DateOnly day => [day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)],
        DateTimeOffset at => [TimeZoneInfo.ConvertTime(at, zone).ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture)],
        TimeOnly time => [time.ToString(time.Second == 0 ? "HH:mm" : "HH:mm:ss", CultureInfo.InvariantCulture)],
        Money money => [money.Amount.ToString("0.00##", CultureInfo.CurrentCulture), money.Currency],
        LinkView link => [link.Id.ToString()],
        Guid id => [id.ToString()],
        IReadOnlyList<LinkView> links => [.. links.Select(l => l.Id.ToString())],
        IReadOnlyList<ValueEntry> values => [.. values.Select(v => v.Kind + Separator + v.Value)],
        IReadOnlyList<string> words => [.. words],
        _ => [Convert.ToString(value, CultureInfo.InvariantCulture)!.ReplaceLineEndings("\n")],
    };

    /// <summary>The texts as a form sent them; what was left empty is left out.</summary>
    public static string[] Sent(RecordField field, IFormCollection form)
    {
        var sent = form[field.Name];
        if (field.Kind == FieldKind.Values)
        {
            var kinds = form[field.Name + ".kind"];
            return [.. sent.Select((v, i) => (i < kinds.Count ? kinds[i] : "") + Separator + (v ?? "").Trim()).Where(v => !v.EndsWith(Separator))];
        }

        if (field.Kind == FieldKind.Money)
            return string.IsNullOrWhiteSpace(sent.FirstOrDefault()) ? [] : [sent[0]!.Trim(), form[field.Name + ".currency"].FirstOrDefault()?.Trim() ?? ""];
        var texts = sent.Select(v => (v ?? "").Trim().ReplaceLineEndings("\n")).Where(v => v.Length > 0);
        return field.Kind is FieldKind.ManyOf or FieldKind.Links or FieldKind.Users ? [.. texts.Distinct(StringComparer.Ordinal)] : [.. texts.Take(1)];
    }

    public static (string Kind, string Value) Split(string raw)
    {
        var at = raw.IndexOf(Separator, StringComparison.Ordinal);
        return at < 0 ? ("", raw) : (raw[..at], raw[(at + 1)..]);
    }

    /// <summary>Reads the texts; false where they make no sense, with what to do about it.</summary>
    public static bool TryRead(FieldKind kind, string[] raw, TimeZoneInfo zone, out object? value, out string wrong)
    {
        (value, wrong) = (null, "");
        var text = raw.Length == 0 ? "" : raw[0];
        switch (kind)
        {
            case FieldKind.Values:
                value = raw.Select(Split).Select(p => new ValueEntry(p.Kind, p.Value)).ToList();
                return true;
            case FieldKind.ManyOf or FieldKind.Links or FieldKind.Users:
                value = raw.ToList();
                return true;
            case FieldKind.YesNo:
                value = string.Equals(text, "true", StringComparison.OrdinalIgnoreCase);
                return true;
        }

        if (text.Length == 0)
            return true;
        (value, wrong) = kind switch
        {
            FieldKind.Number => (Number(text), "Write a number, such as 12 or 12.5."),
            FieldKind.Money => (Sum(raw), "Write an amount and choose its currency."),
            FieldKind.Time => (Hour(text), "Write a time of day, such as 14:30."),
            FieldKind.Date => (Day(text), "Write a date, such as 2026-03-31."),
            FieldKind.Instant => (Moment(text, zone), "Write a date and a time, such as 2026-03-31 14:30."),
            FieldKind.Link or FieldKind.User or FieldKind.Department => (Guid.TryParse(text, out var id) ? id : null, "Choose one from the list."),
            _ => ((object?)text, ""),
        };
        return value is not null;
    }

    private static object? Number(string text)
    {
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite;
        if (decimal.TryParse(text, Style & ~NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number))
            return number;
        return decimal.TryParse(text, Style, CultureInfo.CurrentCulture, out number) ? number : null;
    }

    private static object? Sum(string[] raw) =>
        raw.Length > 1 && raw[1].Length == 3 && Number(raw[0]) is decimal amount ? new Money(amount, raw[1].ToUpperInvariant()) : null;

    private static object? Hour(string text) =>
        TimeOnly.TryParseExact(text, ["HH:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
        || TimeOnly.TryParse(text, CultureInfo.CurrentCulture, out time) ? time : null;

    private static object? Day(string text)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return day;
        return DateOnly.TryParse(text, CultureInfo.CurrentCulture, out day) ? day : null;
    }

    private static object? Moment(string text, TimeZoneInfo zone)
    {
        if (!DateTime.TryParseExact(text, ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
            && !DateTime.TryParse(text, CultureInfo.CurrentCulture, out local))
            return null;
        // An hour that the clocks leap over is the one after it.
        var at = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        return new DateTimeOffset(TimeZoneInfo.ConvertTimeToUtc(zone.IsInvalidTime(at) ? at.AddHours(1) : at, zone));
    }
}
