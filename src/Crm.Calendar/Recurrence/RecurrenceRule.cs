namespace Crm.Calendar.Recurrence;

/// <summary>
/// When something happens again (RFC 5545 §3.3.10): a model that pages can put into words, text that other calendars read, and the local times at which it occurs.
/// Lists are sorted and hold nothing twice, so that two rules of the same parts are equal.
/// </summary>
public sealed record RecurrenceRule
{
    /// <summary>The most times that <see cref="Count"/> may say.</summary>
    public const int MostCount = 100_000;

    /// <summary>The most times of one day that <see cref="ByHour"/>, <see cref="ByMinute"/> and <see cref="BySecond"/> together may say: every quarter of an hour.</summary>
    public const int MostTimesPerDay = 96;

    /// <summary>How many years without an occurrence end a rule: after as many the calendar repeats itself, so that a 30 February never comes.</summary>
    public const int HorizonYears = 400;

    /// <summary>The length of a period.</summary>
    public required Frequency Frequency { get; init; }

    /// <summary>Every how many periods, from 1; counted from the period of the start.</summary>
    public int Interval { get; init; } = 1;

    /// <summary>How many times in all, or null. Never together with <see cref="Until"/>.</summary>
    public int? Count { get; init; }

    /// <summary>Until when, or null.</summary>
    public RuleEnd? Until { get; init; }

    /// <summary>Days of the week; with an ordinal only in months and years.</summary>
    public IReadOnlyList<RuleDay> ByDay { get; init => field = [.. value.Distinct().OrderBy(day => day.Order)]; } = [];

    /// <summary>Days of the month, 1 to 31, or -1 (the last) to -31.</summary>
    public IReadOnlyList<int> ByMonthDay { get; init => field = Sorted(value); } = [];

    /// <summary>Months, 1 to 12.</summary>
    public IReadOnlyList<int> ByMonth { get; init => field = Sorted(value); } = [];

    /// <summary>Days of the year, 1 to 366, or -1 (31 December) to -366; only in years.</summary>
    public IReadOnlyList<int> ByYearDay { get; init => field = Sorted(value); } = [];

    /// <summary>Weeks of the year, 1 to 53 or -1 to -53; only in years. The first is the one with four days in the year (ISO 8601), and a day counts to the calendar year in which it lies.</summary>
    public IReadOnlyList<int> ByWeekNumber { get; init => field = Sorted(value); } = [];

    /// <summary>Hours, 0 to 23; without any, the start's.</summary>
    public IReadOnlyList<int> ByHour { get; init => field = Sorted(value); } = [];

    /// <summary>Minutes, 0 to 59; without any, the start's.</summary>
    public IReadOnlyList<int> ByMinute { get; init => field = Sorted(value); } = [];

    /// <summary>Seconds, 0 to 59; without any, the start's.</summary>
    public IReadOnlyList<int> BySecond { get; init => field = Sorted(value); } = [];

    /// <summary>Which ones of what the other parts give in one period: 1 is the first, -1 the last; up to 366.</summary>
    public IReadOnlyList<int> BySetPosition { get; init => field = Sorted(value); } = [];

    /// <summary>The first day of a week.</summary>
    public DayOfWeek WeekStart { get; init; } = DayOfWeek.Monday;

    /// <summary>Set where neither a count nor an end stops the rule.</summary>
    public bool IsEndless => Count is null && Until is null;

    /// <summary>A rule from its text, such as <c>FREQ=MONTHLY;BYDAY=-1FR</c>.</summary>
    /// <param name="text">The value of an <c>RRULE</c>, without the property's name.</param>
    /// <exception cref="CalendarFormatException">The text is no rule, or one that this library refuses: every hour or shorter, another calendar (<c>RSCALE</c>), more than <see cref="MostCount"/> times.</exception>
    public static RecurrenceRule Parse(string text) => RuleText.Parse(text);

    /// <summary>Says what is wrong with a rule that was put together in code; nothing happens to a sound one.</summary>
    /// <exception cref="CalendarFormatException">A number is outside its range, or parts stand together that may not.</exception>
    public void Check()
    {
        if (RuleFaults.First(this) is { } fault) throw new CalendarFormatException(fault);
    }

    /// <summary>
    /// The local times at which it occurs, read one by one as they are asked for: sorted, each once, from the start on. The start itself is among them only if it obeys the rule
    /// (<see cref="RecurrenceSet"/> adds it as calendars do). Ends by itself with the count, the end, <see cref="HorizonYears"/> years without any, or the year 9998.
    /// </summary>
    /// <param name="start">The local time from which periods are counted and from which missing parts are taken.</param>
    /// <param name="zone">The zone of these times, which an end in UTC needs; without one such an end is read as local time.</param>
    /// <exception cref="CalendarFormatException">See <see cref="Check"/>.</exception>
    public IEnumerable<DateTime> From(DateTime start, TimeZoneInfo? zone = null) => From(start, start, zone);

    /// <summary>The same, but only those at or after a time; without a count nothing before it is computed.</summary>
    /// <param name="start">The local time from which periods are counted.</param>
    /// <param name="notBefore">The first local time that is of interest.</param>
    /// <param name="zone">The zone of these times, which an end in UTC needs.</param>
    /// <exception cref="CalendarFormatException">See <see cref="Check"/>.</exception>
    public IEnumerable<DateTime> From(DateTime start, DateTime notBefore, TimeZoneInfo? zone = null)
    {
        Check();
        return new Expansion(this, start, zone).From(notBefore);
    }

    /// <summary>The first occurrence after a time, or null if there is none.</summary>
    /// <param name="start">The local time from which periods are counted.</param>
    /// <param name="after">The local time after which it has to be.</param>
    /// <param name="zone">The zone of these times, which an end in UTC needs.</param>
    /// <exception cref="CalendarFormatException">See <see cref="Check"/>.</exception>
    public DateTime? Next(DateTime start, DateTime after, TimeZoneInfo? zone = null)
    {
        foreach (var time in From(start, after, zone))
            if (time > after) return time;
        return null;
    }

    /// <summary>The rule's text, in an order of its own.</summary>
    public override string ToString() => RuleText.Write(this);

    /// <summary>Set where both have the same parts.</summary>
    /// <param name="other">The other rule.</param>
    public bool Equals(RecurrenceRule? other) => other is not null && ToString() == other.ToString();

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(ToString());

    private static int[] Sorted(IReadOnlyList<int> values) => [.. values.Distinct().Order()];
}
