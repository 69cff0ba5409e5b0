using Quartz;

namespace Crm.Abstractions.Jobs;

/// <summary>What a job says about itself: the jobs page shows it, the scheduler obeys it.</summary>
public sealed class JobDescription
{
    /// <summary>Describes a job.</summary>
    /// <param name="name">As <c>module.verb-thing</c>, such as <c>files.remove-remains</c>.</param>
    /// <param name="label">What it is called on screen, in English.</param>
    /// <param name="what">A sentence that says what it does, in English.</param>
    /// <param name="schedule">When it runs.</param>
    /// <param name="job">Its class, an <see cref="IJob"/>.</param>
    public JobDescription(string name, string label, string what, JobSchedule schedule, Type job)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        (Name, Label, What, Schedule, Job) = (name, label, what, schedule, job);
        var slack = schedule.Interval + schedule.Interval / 4;
        AlarmAfter = slack < TimeSpan.FromMinutes(15) ? TimeSpan.FromMinutes(15) : slack;
    }

    /// <summary>The name in commands and in the log.</summary>
    public string Name { get; }

    /// <summary>What it is called on screen, in English.</summary>
    public string Label { get; }

    /// <summary>What it does, in English.</summary>
    public string What { get; }

    /// <summary>When it runs.</summary>
    public JobSchedule Schedule { get; }

    /// <summary>Its class.</summary>
    public Type Job { get; }

    /// <summary>An alarm is raised when it has not succeeded for so long: a quarter more than its interval, and 15 minutes at least.</summary>
    public TimeSpan AlarmAfter { get; }
}
