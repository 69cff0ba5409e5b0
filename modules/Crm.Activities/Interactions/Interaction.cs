using Crm.Abstractions.Events;
using Crm.Abstractions.Records;

namespace Crm.Activities.Interactions;

/// <summary>Who began it.</summary>
internal enum Direction
{
    /// <summary>We contacted the customer.</summary>
    Outgoing,

    /// <summary>The customer contacted us.</summary>
    Incoming,
}

/// <summary>A contact with a customer that took place: how, when, who, what about, and what came of it.</summary>
internal sealed partial class Interaction : IRecord, IFactSource, IBinAware
{
    public const string KindName = "interaction";
    public const string WithRole = "with";
    public const string AlsoRole = "about";

    private bool _isTouched;
    private bool _isNew;
    private bool _isOtherUser;
    private bool _isBack;
    private DateTimeOffset _at;
    private string _channel = "";
    private Guid? _userId;
    private DateTimeOffset? _binnedAt;

    private Interaction() => Spine = null!;

    private Interaction(Guid id) => (Id, Spine, _isTouched, _isNew) = (id, new Spine(id, KindName), true, true);

    public Guid Id { get; private set; }

    public Spine Spine { get; private set; }

    public string Channel
    {
        get => _channel;
        set
        {
            _isTouched |= _channel != value;
            _channel = value;
        }
    }

    public Direction Direction { get; set; }

    public DateTimeOffset At
    {
        get => _at;
        set
        {
            Keep("at", _at == value);
            _isTouched |= _at != value;
            _at = value;
        }
    }

    /// <summary>How long it took.</summary>
    public int? Minutes { get; set; }

    /// <summary>The colleague whose contact it was.</summary>
    public Guid? UserId
    {
        get => _userId;
        set
        {
            Keep("user", _userId == value);
            _isOtherUser |= _userId != value;
            _isTouched |= _userId != value;
            _userId = value;
        }
    }

    /// <summary>Further colleagues who took part.</summary>
    public List<Colleague> Colleagues { get; } = [];

    public string Subject { get; set; } = "";

    public string? Text { get; set; }

    public string? Outcome { get; set; }

    public DateTimeOffset? BinnedAt
    {
        get => _binnedAt;
        set
        {
            _isTouched |= _binnedAt != value;
            _isBack |= _binnedAt is not null && value is null;
            _binnedAt = value;
        }
    }

    public static Interaction New() => new(Guid.CreateVersion7());

    /// <summary>Hangs it on the record that it is about, which decides who sees it; who sees one of the others sees it, too.</summary>
    public void HangOn(Guid about)
    {
        Spine.DecidedById = about;
        _isTouched = true;
    }

    /// <summary>Says whom or what it concerns besides.</summary>
    public void Concern(string role, IEnumerable<Guid> records)
    {
        Spine.Concern(role, records.Where(r => r != Spine.DecidedById));
        _isTouched = true;
    }

    /// <summary>All records that it concerns, the one that it hangs on first.</summary>
    public IEnumerable<Guid> ConcernedAtAll() => Spine.Abouts.Select(a => a.AboutId).Prepend(Spine.DecidedById ?? Guid.Empty).Where(id => id != Guid.Empty).Distinct();

    public IEnumerable<Guid> Concerned(string role) => Spine.Abouts.Where(a => a.Role == role).Select(a => a.AboutId);

    public void TakePart(IEnumerable<Guid> users)
    {
        var wanted = users.ToHashSet();
        Colleagues.RemoveAll(c => !wanted.Contains(c.UserId));
        Colleagues.AddRange(wanted.Where(u => !Colleagues.Exists(c => c.UserId == u)).Select(u => new Colleague(Id, u)));
    }

    public void Check(DateTimeOffset now)
    {
        if (Spine.DecidedById is null)
            throw new RuleViolation("about", "Say whom this was about.");
        if (string.IsNullOrWhiteSpace(Subject) && string.IsNullOrWhiteSpace(Text))
            throw new RuleViolation("subject", "Say what it was about.");
        // Clocks differ a little; what is to come is an appointment or a task.
        if (At > now.AddMinutes(10))
            throw new RuleViolation("at", "This is still to come: make a task or an appointment of it.");
        if (At.Year < 1900)
            throw new RuleViolation("at", "This can't be when it was.");
        if (Minutes is < 0 or > 10_000)
            throw new RuleViolation("minutes", "Give the minutes that it took.");
        CheckResult();
    }

    /// <summary>True for an interaction that was just made, the first time that it is asked.</summary>
    public bool TakeNew()
    {
        var isNew = _isNew;
        _isNew = false;
        return isNew;
    }

    /// <summary>True where it was taken out of the bin since this was asked before.</summary>
    public bool TakeBack()
    {
        var isBack = _isBack;
        _isBack = false;
        return isBack;
    }

    /// <summary>True where it became another colleague's since this was asked before.</summary>
    public bool TakeOtherUser()
    {
        var isOther = _isOtherUser;
        _isOtherUser = false;
        return isOther;
    }

    public IReadOnlyList<object> TakeFacts()
    {
        if (!_isTouched)
            return [];
        _isTouched = false;
        return [new CustomerContacted(Id)];
    }
}

/// <summary>A contact was logged, or when, how, by whom and with whom it was has changed.</summary>
internal sealed record CustomerContacted(Guid InteractionId);

/// <summary>A further colleague who took part.</summary>
internal sealed class Colleague : IRecordPart
{
    private Colleague()
    {
    }

    public Colleague(Guid recordId, Guid userId) => (RecordId, UserId) = (recordId, userId);

    public Guid RecordId { get; private set; }

    public Guid UserId { get; private set; }
}
