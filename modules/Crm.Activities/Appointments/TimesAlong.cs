namespace Crm.Activities.Appointments;

/// <summary>Carries what is left out of a series, and what stands for single times of it, along with its times: the n-th of them before is the n-th afterwards, however far that is.</summary>
internal sealed class TimesAlong
{
    // Somebody may call off a time in thousands of years: what nobody lives to see is not carried along.
    private const int Most = 100_000;
    private readonly Dictionary<DateOnly, DateTime> _afterwards;

    /// <param name="before">The times before, from a common one on.</param>
    /// <param name="after">The times afterwards, from the same one on.</param>
    /// <param name="days">The days before that are asked for: nothing behind the last of them is read.</param>
    public TimesAlong(IEnumerable<DateTime> before, IEnumerable<DateTime> after, IEnumerable<DateOnly> days)
    {
        var last = days.DefaultIfEmpty().Max();
        _afterwards = before.TakeWhile(t => DateOnly.FromDateTime(t) <= last).Take(Most).Zip(after).ToDictionary(p => DateOnly.FromDateTime(p.First), p => p.Second);
    }

    /// <summary>The times afterwards of what was left out before.</summary>
    public IReadOnlyList<DateTime> Of(IEnumerable<AppointmentSkip> skips) => [.. skips.Where(s => _afterwards.ContainsKey(s.Day)).Select(s => _afterwards[s.Day])];

    /// <summary>Lets appointments stand for times of the series as it is afterwards.</summary>
    public void Carry(IEnumerable<Appointment> singles, Appointment series)
    {
        foreach (var single in singles)
        {
            if (single.SeriesDay is { } day && _afterwards.TryGetValue(day, out var at))
                single.StandFor(series, at);
        }
    }
}
