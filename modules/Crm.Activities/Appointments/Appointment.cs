using Crm.Abstractions.Events;
using Crm.Abstractions.Records;

namespace Crm.Activities.Appointments;

/// <summary>Whether an appointment takes place.</summary>
internal enum AppointmentState
{
    Planned,
    Cancelled,
}

/// <summary>What may have happened to an appointment that others take part in.</summary>
internal enum NewsKind
{
    Moved,
    CalledOff,
    On,
}

/// <summary>What those who take part in an appointment have to hear.</summary>
/// <param name="At">The one of its times that is meant; null for the whole.</param>
internal sealed record AppointmentNews(NewsKind Kind, DateTime? At);

/// <summary>Something that takes up a colleague's time, once or again and again: a visit, a call, a day off.</summary>
internal sealed partial class Appointment : IRecord, IFactSource, IBinAware
{
    public const string KindName = "appointment";
    public const string AboutRole = "about";
    public const string WithRole = "with";

    private readonly List<Guid> _left = [];
    private bool _isNew;
    private bool _isMoved;
    private bool _isPart;
    private AppointmentNews? _news;
    private string _subject = "";
    private string? _text;
    private Guid? _aboutId;
    private string? _place;
    private string? _channel;
    private int? _remindMinutes;
    private DateTimeOffset? _binnedAt;

    private Appointment() => Spine = null!;

    private Appointment(Guid id) => (Id, Spine, Uid, _isNew, _isMoved) = (id, new Spine(id, KindName), id.ToString(), true, true);

    public Guid Id { get; private set; }

    public Spine Spine { get; private set; }

    public string Subject
    {
        get => _subject;
        set => Word(ref _subject, value);
    }

    public string? Text
    {
        get => _text;
        set => Word(ref _text, value);
    }

    public string? Place
    {
        get => _place;
        set => Change(ref _place, value);
    }

    /// <summary>How the customer is contacted; null where it is no contact.</summary>
    public string? Channel
    {
        get => _channel;
        set
        {
            _isMoved |= _channel != value;
            _channel = value;
        }
    }

    /// <summary>The record that it is about: who sees that one sees the appointment, too.</summary>
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

    /// <summary>Colleagues whose time it takes beside the owner's.</summary>
    public List<AppointmentColleague> Colleagues { get; } = [];

    /// <summary>Who was invited by mail, and what each answered.</summary>
    public List<Guest> Guests { get; } = [];

    /// <summary>How long before its beginning owner and colleagues are reminded; null for not at all.</summary>
    public int? RemindMinutes
    {
        get => _remindMinutes;
        set
        {
            _isMoved |= _remindMinutes != value;
            _remindMinutes = value;
        }
    }

    public AppointmentState State { get; private set; }

    /// <summary>True for a moved time that was called off with its series: it takes place again with it, too.</summary>
    public bool IsOffWithSeries { get; private set; }

    /// <summary>What it is known by in other calendars, for ever.</summary>
    public string Uid { get; set; } = "";

    /// <summary>The version that other calendars know it by: one higher after each change of what was sent.</summary>
    public int Sequence { get; private set; }

    /// <summary>The version that was sent last; null where nobody was invited.</summary>
    public int? InvitedSequence { get; private set; }

    public DateTimeOffset? BinnedAt
    {
        get => _binnedAt;
        set
        {
            _isMoved |= _binnedAt != value;
            _binnedAt = value;
        }
    }

    public bool IsPlanned => State == AppointmentState.Planned;

    /// <summary>True where the guests know something else than what is planned now.</summary>
    public bool IsChangedSinceInvited => InvitedSequence is { } sent && sent < Sequence;

    public static Appointment New() => new(Guid.CreateVersion7());

    public IEnumerable<Guid> People() => Spine.Abouts.Where(a => a.Role == WithRole).Select(a => a.AboutId);

    /// <summary>Those whose time it takes: its owner and the colleagues.</summary>
    public IEnumerable<Guid> Participants() => Colleagues.Select(c => c.UserId).Concat(Spine.OwnerId is { } owner ? [owner] : []).Distinct();

    public void Meet(IEnumerable<Guid> people)
    {
        Spine.Concern(WithRole, people);
        _isMoved = true;
    }

    public void TakePart(IEnumerable<Guid> users)
    {
        var wanted = users.ToHashSet();
        _left.AddRange(Colleagues.Where(c => !wanted.Contains(c.UserId)).Select(c => c.UserId));
        _isMoved |= Colleagues.RemoveAll(c => !wanted.Contains(c.UserId)) > 0;
        foreach (var user in wanted.Where(u => !Colleagues.Exists(c => c.UserId == u)))
        {
            Colleagues.Add(new AppointmentColleague(Id, user));
            _isMoved = true;
        }
    }

    /// <summary>The colleagues who were taken off since the last time that it was asked.</summary>
    public IReadOnlyList<Guid> TakeLeft()
    {
        var left = _left.Except(Colleagues.Select(c => c.UserId)).Distinct().ToList();
        _left.Clear();
        return left;
    }

    public void Assign(Guid? user)
    {
        _isMoved |= Spine.OwnerId != user;
        Spine.OwnerId = user;
    }

    public void Cancel()
    {
        if (!IsPlanned)
            throw new RuleViolation("state", "It is called off already.");
        (State, _isMoved, _news) = (AppointmentState.Cancelled, true, new AppointmentNews(NewsKind.CalledOff, null));
        Raise();
    }

    /// <summary>Calls a moved time off along with its series.</summary>
    public void CancelWithSeries()
    {
        Cancel();
        IsOffWithSeries = true;
    }

    public void Reopen()
    {
        if (IsPlanned)
            throw new RuleViolation("state", "It is planned already.");
        (State, IsOffWithSeries, _isMoved, _news) = (AppointmentState.Planned, false, true, new AppointmentNews(NewsKind.On, null));
        Raise();
    }

    /// <summary>Notes that what is planned now was sent to the guests; where they are asked anew, what they answered to something else counts no more.</summary>
    public void MarkInvited(bool isAskedAnew = false)
    {
        if (isAskedAnew)
            Guests.ForEach(g => g.Ask(Sequence));
        InvitedSequence = Sequence;
    }

    /// <summary>Takes over a version that was made elsewhere.</summary>
    public void Follow(int sequence) => Sequence = Math.Max(Sequence, sequence);

    /// <summary>The same once more, for a part of the series that goes its own way.</summary>
    public Appointment Copy(bool isSameToGuests)
    {
        var copy = New();
        copy._isPart = true;
        copy.Spine.Custom = Spine.Custom;
        (copy.Subject, copy.Text, copy._place, copy._channel, copy._remindMinutes) = (Subject, Text, Place, Channel, RemindMinutes);
        copy.AboutId = AboutId;
        copy.Meet(People());
        copy.TakePart(Colleagues.Select(c => c.UserId));
        copy.Assign(Spine.OwnerId);
        copy.Plan(LocalStart, LocalEnd, IsAllDay, Zone);
        if (!isSameToGuests)
            return copy;
        copy.Guests.AddRange(Guests.Select(g => g.For(copy.Id)));
        (copy.Sequence, copy.InvitedSequence) = (Sequence, InvitedSequence);
        return copy;
    }

    /// <summary>True for one that was part of a series until now: nobody hears of it for the first time.</summary>
    public bool IsPart => _isPart;

    /// <summary>True for an appointment that was just made, the first time that it is asked.</summary>
    public bool TakeNew()
    {
        var isNew = _isNew;
        _isNew = false;
        // What is new to everybody was not moved; what was part of a series was.
        _news = isNew && !_isPart ? null : _news;
        return isNew;
    }

    /// <summary>What those who take part have to hear since the last time that it was asked.</summary>
    public AppointmentNews? TakeNews()
    {
        var news = _news;
        _news = null;
        return news;
    }

    public IReadOnlyList<object> TakeFacts()
    {
        if (!_isMoved)
            return [];
        _isMoved = false;
        return [new AppointmentPlanned(Id)];
    }

    public void Check()
    {
        if (string.IsNullOrWhiteSpace(Subject))
            throw new RuleViolation("subject", "Say what it is.");
        if (RemindMinutes is < 0 or > 60 * 24 * 60)
            throw new RuleViolation("remindMinutes", "Give the minutes before, up to two months.");
        if (Colleagues.Count > 200)
            throw new RuleViolation("colleagues", "These are too many.");
        CheckTimes();
    }

    private bool Change<T>(ref T kept, T value)
    {
        if (EqualityComparer<T>.Default.Equals(kept, value))
            return false;
        (kept, _isMoved) = (value, true);
        Raise();
        return true;
    }

    // What is said of it is sent, too, and moves nothing.
    private void Word<T>(ref T kept, T value)
    {
        if (EqualityComparer<T>.Default.Equals(kept, value))
            return;
        kept = value;
        Raise();
    }

    // Once sent, the next difference is a new version; further ones before it is sent are the same.
    private void Raise()
    {
        if (InvitedSequence == Sequence)
            Sequence++;
    }
}

/// <summary>An appointment was made, or when, whose, with whom or whether it is has changed.</summary>
internal sealed record AppointmentPlanned(Guid AppointmentId);

/// <summary>A colleague whose time an appointment takes.</summary>
internal sealed class AppointmentColleague : IRecordPart
{
    private AppointmentColleague()
    {
    }

    public AppointmentColleague(Guid recordId, Guid userId) => (RecordId, UserId) = (recordId, userId);

    public Guid RecordId { get; private set; }

    public Guid UserId { get; private set; }
}
