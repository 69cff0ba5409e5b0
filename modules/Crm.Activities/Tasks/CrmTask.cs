using Crm.Abstractions.Events;
using Crm.Abstractions.Records;

namespace Crm.Activities.Tasks;

/// <summary>How far a task is.</summary>
internal enum TaskState
{
    Open,
    Done,
    Cancelled,
}

/// <summary>How much a task matters.</summary>
internal enum TaskPriority
{
    Low,
    Normal,
    High,
}

/// <summary>Something that a colleague is to do by a day, or by a time of that day in his zone.</summary>
internal sealed partial class CrmTask : IRecord, IFactSource, IBinAware
{
    public const string KindName = "task";
    public const string AboutRole = "about";

    private bool _isNew;
    private bool _isMoved;
    private Guid? _aboutId;
    private DateOnly? _dueOn;
    private TimeOnly? _dueTime;
    private string _zone = "";
    private int? _remindMinutes;
    private DateTimeOffset? _binnedAt;

    private CrmTask() => Spine = null!;

    private CrmTask(Guid id) => (Id, Spine, _isNew, _isMoved) = (id, new Spine(id, KindName), true, true);

    public Guid Id { get; private set; }

    public Spine Spine { get; private set; }

    public string Subject { get; set; } = "";

    public string? Text { get; set; }

    /// <summary>How the customer is to be contacted; null where the task is no contact.</summary>
    public string? Channel { get; set; }

    /// <summary>The record that it is about: who sees that one sees the task, too.</summary>
    public Guid? AboutId
    {
        get => _aboutId;
        set
        {
            _aboutId = value;
            Spine.Concern(AboutRole, value is { } id ? [id] : []);
            _isMoved = true;
        }
    }

    public TaskState State { get; private set; }

    public TaskPriority Priority { get; set; } = TaskPriority.Normal;

    public DateOnly? DueOn
    {
        get => _dueOn;
        set => Plan(value, _dueTime, _zone);
    }

    /// <summary>The time of that day; null where the day is enough.</summary>
    public TimeOnly? DueTime
    {
        get => _dueTime;
        set => Plan(_dueOn, value, _zone);
    }

    /// <summary>The IANA name of the zone in which day and time are meant; empty until whoever makes the task says it, or is asked for his own.</summary>
    public string Zone
    {
        get => _zone;
        set => Plan(_dueOn, _dueTime, value);
    }

    /// <summary>The moment after which it is overdue: the time, or the end of the day. Follows from day, time and zone.</summary>
    public DateTimeOffset? Due { get; private set; }

    /// <summary>How long before the time somebody is reminded; null for not at all.</summary>
    public int? RemindMinutes
    {
        get => _remindMinutes;
        set
        {
            _isMoved |= _remindMinutes != value;
            _remindMinutes = value;
        }
    }

    public List<TaskStep> Steps { get; } = [];

    public DateTimeOffset? CompletedAt { get; private set; }

    public Guid? CompletedByUserId { get; private set; }

    /// <summary>Who gave it to a colleague, and goes on seeing how far it is; null where it is its maker's own.</summary>
    public Guid? GiverUserId { get; private set; }

    /// <summary>The contact that it follows from.</summary>
    public Guid? InteractionId { get; set; }

    public DateTimeOffset? BinnedAt
    {
        get => _binnedAt;
        set
        {
            _isMoved |= _binnedAt != value;
            _binnedAt = value;
        }
    }

    public bool IsOpen => State == TaskState.Open;

    public static CrmTask New() => new(Guid.CreateVersion7());

    /// <summary>Says when it is due. A time that the clocks skip that day is taken as much later; of one that comes twice, the first.</summary>
    public void Plan(DateOnly? on, TimeOnly? time, string zone)
    {
        (_dueOn, _dueTime, _zone) = (on, on is null ? null : time, zone);
        Due = on is { } day && LocalTime.IsPlannable(day) && LocalTime.IsZone(zone) ? time is { } at ? LocalTime.Utc(day, at, zone) : LocalTime.Utc(day.AddDays(1), TimeOnly.MinValue, zone) : null;
        _isMoved = true;
    }

    /// <summary>When somebody is reminded: so long before the time, or at nine of the day.</summary>
    public DateTimeOffset? RemindAt() => RemindMinutes is not { } minutes || DueOn is not { } day || Due is null ? null
        : (DueTime is { } time ? LocalTime.Utc(day, time, Zone) : LocalTime.Utc(day, new TimeOnly(9, 0), Zone)).AddMinutes(-minutes);

    public void Complete(Guid? by, DateTimeOffset now) => End(TaskState.Done, by, now);

    public void Cancel(Guid? by, DateTimeOffset now) => End(TaskState.Cancelled, by, now);

    public void Reopen()
    {
        if (IsOpen)
            throw new RuleViolation("state", "It is open already.");
        (State, CompletedAt, CompletedByUserId, _isMoved) = (TaskState.Open, null, null, true);
    }

    public void Assign(Guid? user)
    {
        _isMoved |= Spine.OwnerId != user;
        Spine.OwnerId = user;
    }

    /// <summary>Notes who gave it away.</summary>
    public void GivenBy(Guid giver) => (GiverUserId, _isMoved) = (giver, true);

    public void Check()
    {
        if (string.IsNullOrWhiteSpace(Subject))
            throw new RuleViolation("subject", "Say what is to be done.");
        if (Zone.Length > 0 && !LocalTime.IsZone(Zone))
            throw new RuleViolation("zone", "Choose a time zone from the list.");
        if (DueOn is { } day && !LocalTime.IsPlannable(day))
            throw new RuleViolation("dueOn", "This can't be a day for it.");
        if (RemindMinutes is < 0 or > 60 * 24 * 366)
            throw new RuleViolation("remindMinutes", "Give the minutes before, up to a year.");
        CheckSeries();
    }

    /// <summary>Replaces the checklist; what is done is marked <c>done</c>.</summary>
    public void SetSteps(IReadOnlyList<ValueEntry> steps)
    {
        var left = Steps.ToList();
        for (var rank = 0; rank < steps.Count; rank++)
        {
            var (text, isDone) = (steps[rank].Value.Trim(), steps[rank].Kind == TaskStep.Done);
            if (left.Find(s => s.Text == text) is not { } step)
                Steps.Add(step = new TaskStep(Id, text));
            left.Remove(step);
            (step.Rank, step.IsDone) = (rank, isDone);
        }

        Steps.RemoveAll(left.Contains);
    }

    /// <summary>True for a task that was just made, the first time that it is asked.</summary>
    public bool TakeNew()
    {
        var isNew = _isNew;
        _isNew = false;
        return isNew;
    }

    public IReadOnlyList<object> TakeFacts()
    {
        if (!_isMoved)
            return [];
        _isMoved = false;
        return [new TaskPlanned(Id)];
    }

    private void End(TaskState state, Guid? by, DateTimeOffset now)
    {
        if (!IsOpen)
            throw new RuleViolation("state", "It is no longer open.");
        (State, CompletedAt, CompletedByUserId, _isMoved) = (state, now, by, true);
    }
}

/// <summary>A task was made, or when, whose, about what or how far it is has changed.</summary>
internal sealed record TaskPlanned(Guid TaskId);

/// <summary>One step of a task's checklist.</summary>
internal sealed class TaskStep : IRecordPart
{
    public const string Open = "open";
    public const string Done = "done";

    private TaskStep() => Text = "";

    public TaskStep(Guid recordId, string text) => (Id, RecordId, Text) = (Guid.CreateVersion7(), recordId, text);

    public Guid Id { get; private set; }

    public Guid RecordId { get; private set; }

    public int Rank { get; set; }

    public string Text { get; private set; }

    public bool IsDone { get; set; }
}
