using System.Globalization;

namespace Crm.Mail.Headers;

/// <summary>The date of a mail (RFC 5322 §3.3, read with the old forms of §4.3).</summary>
internal static class MailDate
{
    private static readonly string[] _months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    private static readonly Dictionary<string, int> _zones = new(StringComparer.OrdinalIgnoreCase)
    {
        ["EST"] = -5, ["EDT"] = -4, ["CST"] = -6, ["CDT"] = -5, ["MST"] = -7, ["MDT"] = -6, ["PST"] = -8, ["PDT"] = -7,
    };

    public static string Write(DateTimeOffset date)
    {
        var offset = date.Offset;
        return date.ToString("ddd, dd MMM yyyy HH:mm:ss ", CultureInfo.InvariantCulture)
            + (offset < TimeSpan.Zero ? '-' : '+') + offset.ToString("hhmm", CultureInfo.InvariantCulture);
    }

    public static DateTimeOffset? Read(string? text)
    {
        if (text is null) return null;
        var words = Comments.Remove(text).Split([' ', '\t', ','], 16, StringSplitOptions.RemoveEmptyEntries);
        var at = words.Length > 0 && char.IsLetter(words[0][0]) ? 1 : 0;
        if (words.Length < at + 4) return null;
        var month = Array.FindIndex(_months, name => words[at + 1].StartsWith(name, StringComparison.OrdinalIgnoreCase)) + 1;
        if (!IsNumber(words[at], out var day) || month == 0 || Year(words[at + 2]) is not { } year || Time(words[at + 3]) is not { } time) return null;
        if (year is < 1900 or > 9998 || day < 1 || day > DateTime.DaysInMonth(year, month)) return null;
        var zone = words.Length > at + 4 ? Zone(words[at + 4]) : TimeSpan.Zero;
        return new DateTimeOffset(year, month, day, 0, 0, 0, zone) + time;
    }

    private static int? Year(string word) => !IsNumber(word, out var year) ? null : word.Length switch
    {
        2 => year < 50 ? year + 2000 : year + 1900,
        3 => year + 1900,
        _ => year,
    };

    private static TimeSpan? Time(string word)
    {
        var parts = word.Split(':');
        if (parts.Length is < 2 or > 3 || !IsNumber(parts[0], out var hour) || !IsNumber(parts[1], out var minute)) return null;
        var second = 0;
        if (parts.Length == 3 && !IsNumber(parts[2].Split('.')[0], out second)) return null;
        // A leap second is counted as the one before it.
        return hour < 24 && minute < 60 && second <= 60 ? new TimeSpan(hour, minute, Math.Min(second, 59)) : null;
    }

    private static TimeSpan Zone(string word)
    {
        if (_zones.TryGetValue(word, out var hours)) return TimeSpan.FromHours(hours);
        var digits = word.Replace(":", "", StringComparison.Ordinal);
        if (digits is not (['+' or '-', _, _, _, _]) || !IsNumber(digits[1..], out var number)) return TimeSpan.Zero;
        var offset = new TimeSpan(number / 100, number % 100, 0);
        // Beyond 14 hours no clock on earth goes.
        if (number % 100 > 59 || offset > TimeSpan.FromHours(14)) return TimeSpan.Zero;
        return digits[0] == '-' ? -offset : offset;
    }

    private static bool IsNumber(string text, out int number)
    {
        number = 0;
        return text.Length <= 9 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
