namespace Crm.Abstractions.Jobs;

/// <summary>When a job runs: every so often, or once a day.</summary>
public sealed class JobSchedule
{
    private JobSchedule(TimeSpan interval, TimeOnly? at) => (Interval, At) = (interval, at);

    /// <summary>The time from one run to the next; a day for a daily job.</summary>
    public TimeSpan Interval { get; }

    /// <summary>The time of day, in the site's zone; null for a job that runs every so often.</summary>
    public TimeOnly? At { get; }

    /// <summary>Runs again and again.</summary>
    /// <param name="interval">From one run to the next; 10 seconds at least.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is shorter.</exception>
    public static JobSchedule Every(TimeSpan interval)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(interval, TimeSpan.FromSeconds(10));
        return new(interval, null);
    }

    /// <summary>Runs once a day.</summary>
    /// <param name="time">In the site's zone.</param>
    public static JobSchedule DailyAt(TimeOnly time) => new(TimeSpan.FromDays(1), time);
}
