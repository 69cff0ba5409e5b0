using System.Globalization;
using System.Text;

namespace Crm.Calendar.Text;

/// <summary>Dates, times, lengths and offsets as values (RFC 5545 §3.3.4 to §3.3.6, §3.3.14).</summary>
internal static class Times
{
    private const string Local = "yyyyMMdd'T'HHmmss";

    // A thousand years: nothing that is added to a date may leave the calendar.
    private const long MostSeconds = 1000L * 366 * 86_400;

    public static string Date(DateTime day) => day.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    public static string DateTime(DateTime local) => local.ToString(Local, CultureInfo.InvariantCulture);

    public static string Utc(DateTime utc) => DateTime(utc) + "Z";

    public static DateTime? ReadDate(string value) =>
        System.DateTime.TryParseExact(value, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>A local time; its UTC marker has been taken off.</summary>
    public static DateTime? ReadDateTime(string value)
    {
        // A leap second is a second that .NET's calendar does not have.
        var text = value.Length == 15 && value.EndsWith("60", StringComparison.Ordinal) ? value[..13] + "59" : value;
        return System.DateTime.TryParseExact(text.ToUpperInvariant(), Local, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;
    }

    public static DateTime? ReadUtc(string value) =>
        value.EndsWith('Z') || value.EndsWith('z') ? ReadDateTime(value[..^1]) is { } time ? System.DateTime.SpecifyKind(time, DateTimeKind.Utc) : null : null;

    public static string Offset(TimeSpan offset) =>
        (offset < TimeSpan.Zero ? "-" : "+") + offset.ToString(offset.Seconds == 0 ? "hhmm" : "hhmmss", CultureInfo.InvariantCulture);

    /// <summary>An offset in whole minutes, as .NET's zones need it.</summary>
    public static TimeSpan? ReadOffset(string value)
    {
        if (value.Length is not (5 or 7) || value[0] is not ('+' or '-') || !value.AsSpan(1).ContainsAnyInRange('0', '9') || value.AsSpan(1).ContainsAnyExceptInRange('0', '9')) return null;
        var (hours, minutes) = (((value[1] - '0') * 10) + value[2] - '0', ((value[3] - '0') * 10) + value[4] - '0');
        if (hours > 14 || minutes > 59 || (hours == 14 && minutes > 0)) return null;
        return new TimeSpan(hours, minutes, 0) * (value[0] == '-' ? -1 : 1);
    }

    public static string Length(TimeSpan length)
    {
        var text = new StringBuilder(length < TimeSpan.Zero ? "-P" : "P");
        var span = length.Duration();
        if (span.Days > 0) text.Append(CultureInfo.InvariantCulture, $"{span.Days}D");
        if (span.Days > 0 && span.Ticks % TimeSpan.TicksPerDay < TimeSpan.TicksPerSecond) return text.ToString();
        text.Append('T');
        if (span.Hours > 0) text.Append(CultureInfo.InvariantCulture, $"{span.Hours}H");
        if (span.Minutes > 0) text.Append(CultureInfo.InvariantCulture, $"{span.Minutes}M");
        if (span.Seconds > 0 || span.TotalMinutes < 1) text.Append(CultureInfo.InvariantCulture, $"{span.Seconds}S");
        return text.ToString();
    }

    /// <summary>A length in whole days, which keep the hour across a change of the clocks, and the exact time besides.</summary>
    public static (int Days, TimeSpan Time)? ReadLength(string value)
    {
        var text = value.Trim().ToUpperInvariant();
        var sign = text.StartsWith('-') ? -1 : 1;
        var (days, seconds, number, inTime, units) = (0L, 0L, -1L, false, 0);
        foreach (var letter in text.TrimStart('+', '-') is ['P', .. var rest] ? rest : "?")
        {
            if (char.IsAsciiDigit(letter)) number = (Math.Max(0, number) * 10) + letter - '0';
            else if (letter == 'T' && !inTime && number < 0) inTime = true;
            else if (number < 0 || Unit(letter, inTime) is not { } unit) return null;
            else
            {
                if (inTime) seconds += number * unit;
                else days += number * unit;
                (number, units) = (-1, units + 1);
            }

            if (number > MostSeconds || days * 86_400 > MostSeconds || seconds > MostSeconds) return null;
        }

        return units > 0 && number < 0 ? ((int)days * sign, TimeSpan.FromSeconds(seconds * sign)) : null;
    }

    private static long? Unit(char letter, bool inTime) => (letter, inTime) switch
    {
        ('W', false) => 7,
        ('D', false) => 1,
        ('H', true) => 3600,
        ('M', true) => 60,
        ('S', true) => 1,
        _ => null,
    };
}
