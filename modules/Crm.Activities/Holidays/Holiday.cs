using Crm.Abstractions.Records;

namespace Crm.Activities.Holidays;

/// <summary>How a holiday comes again.</summary>
internal enum HolidayRule
{
    /// <summary>This day, and no other.</summary>
    Once,

    /// <summary>On the same date every year.</summary>
    Date,

    /// <summary>On the same weekday of the month every year, such as the fourth Thursday of November.</summary>
    Weekday,

    /// <summary>On the last such weekday of the month every year.</summary>
    LastWeekday,

    /// <summary>As many days from Easter Sunday every year.</summary>
    Easter,
}

/// <summary>A day on which a department does not work; on those below it neither.</summary>
internal sealed class Holiday
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Whose; null for the whole company.</summary>
    public Guid? DepartmentId { get; init; }

    public string Name { get; set; } = "";

    /// <summary>The day, or one of its days, from which the rule takes what it needs.</summary>
    public DateOnly Day { get; set; }

    public HolidayRule Rule { get; set; }

    public void Check()
    {
        if (string.IsNullOrWhiteSpace(Name))
            throw new RuleViolation("name", "Say what the day is called.");
        PlainText.Line("name", PlainText.Sound("name", Name, 100));
        if (Day.Year is < 1900 or > 2999)
            throw new RuleViolation("day", "This can't be a day for it.");
        if (!Enum.IsDefined(Rule))
            throw new RuleViolation("rule", "Choose how it comes again.");
        if (Rule == HolidayRule.LastWeekday && Day.AddDays(7).Month == Day.Month)
            throw new RuleViolation("rule", "This is not the last such weekday of its month.");
    }

    /// <summary>Its day in a year, or null where it has none in it.</summary>
    public DateOnly? In(int year) => Rule switch
    {
        HolidayRule.Once => Day.Year == year ? Day : null,
        HolidayRule.Date => Day.Day <= DateTime.DaysInMonth(year, Day.Month) ? new DateOnly(year, Day.Month, Day.Day) : null,
        HolidayRule.Weekday => Nth(year, (Day.Day - 1) / 7),
        HolidayRule.LastWeekday => Nth(year, 4) ?? Nth(year, 3),
        _ => Easter.Of(year).AddDays(Day.DayNumber - Easter.Of(Day.Year).DayNumber),
    };

    private DateOnly? Nth(int year, int index)
    {
        var first = new DateOnly(year, Day.Month, 1);
        var day = first.AddDays((((int)Day.DayOfWeek - (int)first.DayOfWeek + 7) % 7) + (7 * index));
        return day.Month == Day.Month ? day : null;
    }
}

/// <summary>Easter Sunday of the western churches.</summary>
internal static class Easter
{
    /// <summary>The day, by the Gregorian calendar's own rule (the golden number, the epact, and the Sunday after the full moon).</summary>
    public static DateOnly Of(int year)
    {
        var golden = year % 19;
        var century = year / 100;
        var epact = (century - (century / 4) - (((8 * century) + 13) / 25) + (19 * golden) + 15) % 30;
        // The full moon, brought forward where the table says so.
        var moon = epact - (epact / 28 * (1 - (29 / (epact + 1) * ((21 - golden) / 11))));
        var weekday = (year + (year / 4) + moon + 2 - century + (century / 4)) % 7;
        var sunday = moon - weekday;
        var month = 3 + ((sunday + 40) / 44);
        return new DateOnly(year, month, sunday + 28 - (31 * (month / 4)));
    }
}
