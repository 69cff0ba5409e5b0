namespace Crm.Kernel.Jobs;

/// <summary>What is known of a job on all nodes together.</summary>
internal sealed class JobState
{
    /// <summary>The job's name.</summary>
    public string Name { get; init; } = "";

    /// <summary>When a server knew of it first: it is late from then on.</summary>
    public DateTimeOffset KnownSince { get; init; }

    /// <summary>Null while it runs by its schedule.</summary>
    public DateTimeOffset? PausedAt { get; set; }

    public DateTimeOffset? SucceededAt { get; set; }

    /// <summary>Failures since it last succeeded.</summary>
    public int Failures { get; set; }

    /// <summary>The lateness of which the administrators were told; null when it is in time.</summary>
    public DateTimeOffset? AlarmedAt { get; set; }
}

/// <summary>One run of a job.</summary>
internal sealed class JobRun
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public string Job { get; init; } = "";

    public DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; set; }

    public JobOutcome Outcome { get; set; }

    public JobCause Cause { get; init; }

    /// <summary>Which server ran it.</summary>
    public string Node { get; init; } = "";

    /// <summary>What came of it: the job's own words, or the failure.</summary>
    public string Result { get; set; } = "";
}

/// <summary>How a run ended.</summary>
internal enum JobOutcome
{
    Running,

    Done,

    Failed,

    /// <summary>The server ended while it ran.</summary>
    Broken,
}

/// <summary>Why a run began.</summary>
internal enum JobCause
{
    Schedule,

    /// <summary>After a failure.</summary>
    Retry,

    /// <summary>By hand.</summary>
    Asked,
}
