using System.Globalization;
using System.Text;

namespace Crm.Calendar.Recurrence;

/// <summary>Rules as text (RFC 5545 §3.3.10).</summary>
internal static class RuleText
{
    // Every number of every part fits into it several times over.
    private const int MostLength = 8000;

    public static RecurrenceRule Parse(string text)
    {
        if (text.Length > MostLength) throw new CalendarFormatException($"A rule is longer than {MostLength} characters.");
        var parts = Parts(text);
        if (!parts.Remove("FREQ", out var frequency)) throw new CalendarFormatException("A rule needs FREQ.");
        var rule = new RecurrenceRule { Frequency = ReadFrequency(frequency) };
        foreach (var (name, value) in parts) rule = With(rule, name, value);
        rule.Check();
        return rule;
    }

    public static string Write(RecurrenceRule rule)
    {
        var text = new StringBuilder("FREQ=").Append(rule.Frequency.ToString().ToUpperInvariant());
        if (rule.Interval != 1) text.Append(CultureInfo.InvariantCulture, $";INTERVAL={rule.Interval}");
        if (rule.Count is { } count) text.Append(CultureInfo.InvariantCulture, $";COUNT={count}");
        if (rule.Until is { } until) text.Append(CultureInfo.InvariantCulture, $";UNTIL={until}");
        Put(text, "BYMONTH", rule.ByMonth);
        Put(text, "BYWEEKNO", rule.ByWeekNumber);
        Put(text, "BYYEARDAY", rule.ByYearDay);
        Put(text, "BYMONTHDAY", rule.ByMonthDay);
        Put(text, "BYDAY", rule.ByDay);
        Put(text, "BYHOUR", rule.ByHour);
        Put(text, "BYMINUTE", rule.ByMinute);
        Put(text, "BYSECOND", rule.BySecond);
        Put(text, "BYSETPOS", rule.BySetPosition);
        if (rule.WeekStart != DayOfWeek.Monday) text.Append(";WKST=").Append(new RuleDay(rule.WeekStart));
        return text.ToString();
    }

    private static void Put<T>(StringBuilder text, string name, IReadOnlyList<T> values)
    {
        if (values.Count > 0) text.Append(CultureInfo.InvariantCulture, $";{name}={string.Join(',', values)}");
    }

    private static Dictionary<string, string> Parts(string text)
    {
        var parts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=');
            if (equals <= 0) throw new CalendarFormatException($"“{Shown(part)}” is no part of a rule.");
            var name = part[..equals].TrimEnd().ToUpperInvariant();
            if (!parts.TryAdd(name, part[(equals + 1)..].Trim())) throw new CalendarFormatException($"{Shown(name)} stands in a rule twice.");
        }

        return parts;
    }

    private static Frequency ReadFrequency(string value) => value.ToUpperInvariant() switch
    {
        "DAILY" => Frequency.Daily,
        "WEEKLY" => Frequency.Weekly,
        "MONTHLY" => Frequency.Monthly,
        "YEARLY" => Frequency.Yearly,
        "HOURLY" or "MINUTELY" or "SECONDLY" => throw new CalendarFormatException($"FREQ={value.ToUpperInvariant()} is refused: a rule goes by days, weeks, months or years."),
        _ => throw new CalendarFormatException($"FREQ={Shown(value)} is not known."),
    };

    private static RecurrenceRule With(RecurrenceRule rule, string name, string value) => name switch
    {
        "INTERVAL" => rule with { Interval = Number(name, value) },
        "COUNT" => rule with { Count = Number(name, value) },
        "UNTIL" => rule with { Until = End(value) },
        "BYDAY" => rule with { ByDay = [.. value.Split(',').Select(Day)] },
        "BYMONTHDAY" => rule with { ByMonthDay = Numbers(name, value) },
        "BYMONTH" => rule with { ByMonth = Numbers(name, value) },
        "BYYEARDAY" => rule with { ByYearDay = Numbers(name, value) },
        "BYWEEKNO" => rule with { ByWeekNumber = Numbers(name, value) },
        "BYHOUR" => rule with { ByHour = Numbers(name, value) },
        "BYMINUTE" => rule with { ByMinute = Numbers(name, value) },
        // A leap second is a second that .NET's calendar does not have.
        "BYSECOND" => rule with { BySecond = [.. Numbers(name, value).Select(second => second == 60 ? 59 : second)] },
        "BYSETPOS" => rule with { BySetPosition = Numbers(name, value) },
        "WKST" => rule with { WeekStart = Weekday(value) },
        // A part that is not understood may change every date: no guess.
        _ => throw new CalendarFormatException($"{Shown(name)} is no part of a rule that is known here."),
    };

    private static int[] Numbers(string name, string value) => [.. value.Split(',').Select(number => Number(name, number))];

    private static int Number(string name, string value) =>
        int.TryParse(value, NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new CalendarFormatException($"{name}={Shown(value)} is no whole number.");

    private static RuleDay Day(string value)
    {
        var text = value.Trim();
        if (text.Length < 2) throw new CalendarFormatException($"“{Shown(text)}” is no day of the week.");
        var day = Weekday(text[^2..]);
        if (text.Length == 2) return new RuleDay(day);
        var ordinal = Number("BYDAY", text[..^2]);
        return ordinal == 0 ? throw new CalendarFormatException("BYDAY counts from 1 or from -1, not from 0.") : new RuleDay(day, ordinal);
    }

    private static DayOfWeek Weekday(string value) => Array.IndexOf(RuleDay.Names, value.ToUpperInvariant()) is >= 0 and var day
        ? (DayOfWeek)day
        : throw new CalendarFormatException($"“{Shown(value)}” is no day of the week.");

    private static RuleEnd End(string value)
    {
        var text = value.ToUpperInvariant();
        if (Exact(text, "yyyyMMdd") is { } day) return RuleEnd.On(DateOnly.FromDateTime(day));
        if (Exact(text, "yyyyMMdd'T'HHmmss'Z'") is { } utc) return RuleEnd.AtUtc(utc);
        if (Exact(text, "yyyyMMdd'T'HHmmss") is { } local) return RuleEnd.AtLocal(local);
        throw new CalendarFormatException($"UNTIL={Shown(value)} is no date and no time.");
    }

    private static DateTime? Exact(string text, string format) =>
        DateTime.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;

    private static string Shown(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
