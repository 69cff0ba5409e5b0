using System.Globalization;

namespace Crm.Activities.Calendar;

/// <summary>What part of the calendar is shown.</summary>
internal enum CalendarView
{
    Day,
    Week,
    Month,
    Agenda,
}

/// <summary>The days that a view shows around one of them.</summary>
internal sealed record CalendarRange(CalendarView View, DateOnly On)
{
    private const int AgendaDays = 14;

    public DateOnly First => View switch
    {
        CalendarView.Week => WeekOf(On),
        CalendarView.Month => WeekOf(FirstOfMonth),
        _ => On,
    };

    public DateOnly Last => View switch
    {
        CalendarView.Week => First.AddDays(6),
        CalendarView.Month => WeekOf(FirstOfMonth.AddMonths(1).AddDays(-1)).AddDays(6),
        CalendarView.Agenda => On.AddDays(AgendaDays - 1),
        _ => On,
    };

    public IReadOnlyList<DateOnly> Days => [.. Enumerable.Range(0, Last.DayNumber - First.DayNumber + 1).Select(First.AddDays)];

    public DateOnly Earlier => Step(-1);

    public DateOnly Later => Step(1);

    public string Title => View switch
    {
        CalendarView.Day => On.ToString("D", CultureInfo.CurrentCulture),
        CalendarView.Month => On.ToString("Y", CultureInfo.CurrentCulture),
        _ => $"{First.ToString("M", CultureInfo.CurrentCulture)} – {Last.ToString("M", CultureInfo.CurrentCulture)} {Last.Year.ToString(CultureInfo.CurrentCulture)}",
    };

    private DateOnly FirstOfMonth => new(On.Year, On.Month, 1);

    /// <summary>Reads what an address says; whatever is wrong in it means today.</summary>
    public static CalendarRange Read(string? view, string? on, DateOnly today)
    {
        var shown = view switch { "day" => CalendarView.Day, "month" => CalendarView.Month, "agenda" => CalendarView.Agenda, _ => CalendarView.Week };
        var day = DateOnly.TryParseExact(on, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var read) && read.Year is >= 1901 and <= 2999 ? read : today;
        return new CalendarRange(shown, day);
    }

    private DateOnly Step(int by) => View switch
    {
        CalendarView.Week => On.AddDays(7 * by),
        CalendarView.Month => FirstOfMonth.AddMonths(by),
        CalendarView.Agenda => On.AddDays(AgendaDays * by),
        _ => On.AddDays(by),
    };

    // The week begins as the reader's country has it.
    private static DateOnly WeekOf(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek - (int)CultureInfo.CurrentCulture.DateTimeFormat.FirstDayOfWeek + 7) % 7));
}
