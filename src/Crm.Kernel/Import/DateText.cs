using System.Globalization;

namespace Crm.Kernel.Import;

/// <summary>In which order a file writes days.</summary>
internal enum DateOrder
{
    DayFirst,

    MonthFirst,
}

/// <summary>Reads days and moments as files write them. Year first and dots speak for themselves; slashes and dashes go by the file's order.</summary>
internal static class DateText
{
    private static readonly string[] _plain = ["yyyy-M-d", "yyyy/M/d", "yyyy.M.d", "yyyyMMdd", "d.M.yyyy", "d MMM yyyy", "d MMMM yyyy", "MMM d, yyyy", "MMMM d, yyyy"];
    private static readonly string[] _dayFirst = ["d/M/yyyy", "d-M-yyyy", "d/M/yy", "d.M.yy"];
    private static readonly string[] _monthFirst = ["M/d/yyyy", "M-d-yyyy", "M/d/yy"];

    public static DateOnly? Day(string text, DateOrder order)
    {
        var formats = order == DateOrder.DayFirst ? _dayFirst : _monthFirst;
        if (DateOnly.TryParseExact(text, _plain, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            || DateOnly.TryParseExact(text, formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out day))
            return day;
        // A spreadsheet writes midnight after a day.
        return Moment(text, order) is { } at && at.TimeOfDay == TimeSpan.Zero ? DateOnly.FromDateTime(at.DateTime) : null;
    }

    /// <summary>A moment; without an offset it is UTC.</summary>
    public static DateTimeOffset? Moment(string text, DateOrder order)
    {
        const DateTimeStyles Style = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (text.Length >= 10 && char.IsAsciiDigit(text[3]) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, Style, out var at))
            return at;
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        var dayPart = space < 0 ? text : text[..space];
        var formats = order == DateOrder.DayFirst ? _dayFirst : _monthFirst;
        if (!DateOnly.TryParseExact(dayPart, _plain, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            && !DateOnly.TryParseExact(dayPart, formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out day))
            return null;
        var time = TimeOnly.MinValue;
        if (space >= 0 && !TimeOnly.TryParse(text[(space + 1)..], CultureInfo.InvariantCulture, out time))
            return null;
        return new DateTimeOffset(day.ToDateTime(time), TimeSpan.Zero);
    }

    /// <summary>The order that a file's days show; and whether that is sure: none is ambiguous, or one tells.</summary>
    public static (DateOrder Order, bool IsSure) Guess(IEnumerable<string> days)
    {
        var (dayFirst, monthFirst, unclear) = (0, 0, 0);
        foreach (var parts in days.Select(d => d.Split(' ')[0].Split('/', '-')).Where(p => p.Length == 3 && p[0].Length <= 2))
        {
            if (!int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var first)
                || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var second))
                continue;
            unclear++;
            dayFirst += first is > 12 and <= 31 ? 1 : 0;
            monthFirst += second is > 12 and <= 31 && first <= 12 ? 1 : 0;
        }

        return (dayFirst >= monthFirst ? DateOrder.DayFirst : DateOrder.MonthFirst, unclear == 0 || dayFirst + monthFirst > 0);
    }
}
