using Crm.Abstractions.Records;
using Crm.Calendar;
using Crm.Calendar.Recurrence;
using Crm.Calendar.Zones;

namespace Crm.Activities.Appointments;

/// <summary>One time at which an appointment takes place.</summary>
/// <param name="Local">Its beginning on the wall of the appointment's zone; of days the first midnight.</param>
/// <param name="LocalEnd">Its end on the same wall; of days the midnight after the last.</param>
/// <param name="Start">The moment at which it begins.</param>
/// <param name="End">The moment at which it is over.</param>
internal sealed record Occurrence(DateTime Local, DateTime LocalEnd, DateTimeOffset Start, DateTimeOffset End);

/// <summary>When an appointment takes place. What is kept is what a wall clock shows in its zone; moments follow, each by its own date's offset.</summary>
internal sealed partial class Appointment
{
    /// <summary>The end of what never ends.</summary>
    public static readonly DateTimeOffset Never = new(9000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private const int MostTimes = 1_000;

    private DateOnly _startOn;
    private TimeOnly? _startTime;
    private DateOnly? _endOn;
    private TimeOnly? _endTime;
    private string _zone = "Etc/UTC";
    private string? _rule;

    public DateOnly StartOn
    {
        get => _startOn;
        set => Time(ref _startOn, value);
    }

    /// <summary>The time of that day; null where it takes whole days.</summary>
    public TimeOnly? StartTime
    {
        get => _startTime;
        set => Time(ref _startTime, value);
    }

    /// <summary>The last day; null for the first.</summary>
    public DateOnly? EndOn
    {
        get => _endOn;
        set => Time(ref _endOn, value);
    }

    /// <summary>The time of the last day; null for an hour after the beginning.</summary>
    public TimeOnly? EndTime
    {
        get => _endTime;
        set => Time(ref _endTime, value);
    }

    /// <summary>The IANA name of the zone in which days and times are meant.</summary>
    public string Zone
    {
        get => _zone;
        set => Time(ref _zone, value);
    }

    /// <summary>When it happens again (RFC 5545, <c>RRULE</c>), or null.</summary>
    public string? Rule
    {
        get => _rule;
        set => Time(ref _rule, string.IsNullOrWhiteSpace(value) ? null : value.Trim());
    }

    /// <summary>Days of the rule on which it does not take place, or on which another appointment stands for it. A rule has one time a day at most, so that the day names it, whenever it begins by now.</summary>
    public List<AppointmentSkip> Skips { get; } = [];

    /// <summary>The appointment of which this is a single time that was moved.</summary>
    public Guid? SeriesKey { get; private set; }

    /// <summary>The day on which it would have been.</summary>
    public DateOnly? SeriesDay { get; private set; }

    /// <summary>The time at which it would have been.</summary>
    public TimeOnly? SeriesTime { get; private set; }

    /// <summary>The moment of its first time. Follows from the rest.</summary>
    public DateTimeOffset FirstStart { get; private set; }

    /// <summary>The moment after which it is over for ever. Follows from the rest.</summary>
    public DateTimeOffset LastEnd { get; private set; }

    public bool IsAllDay => StartTime is null;

    public DateTime LocalStart => StartOn.ToDateTime(StartTime ?? TimeOnly.MinValue);

    public DateTime LocalEnd => IsAllDay ? (EndOn ?? StartOn).AddDays(1).ToDateTime(TimeOnly.MinValue)
        : EndTime is { } time ? (EndOn ?? StartOn).ToDateTime(time) : LocalStart.AddHours(1);

    public TimeZoneInfo ZoneInfo => ZoneNames.Find(Zone) ?? TimeZoneInfo.Utc;

    /// <summary>How long it takes: real time, or whole days. Each of its times takes as long.</summary>
    public TimeSpan Length => IsAllDay ? LocalEnd - LocalStart : LocalTimes.ToUtc(LocalEnd, ZoneInfo) - LocalTimes.ToUtc(LocalStart, ZoneInfo);

    /// <summary>Says when it is.</summary>
    public void Plan(DateTime start, DateTime end, bool isAllDay, string zone)
    {
        (StartOn, Zone) = (DateOnly.FromDateTime(start), zone);
        EndOn = DateOnly.FromDateTime(isAllDay ? end.AddDays(-1) : end);
        StartTime = isAllDay ? null : TimeOnly.FromDateTime(start);
        EndTime = isAllDay ? null : TimeOnly.FromDateTime(end);
    }

    /// <summary>The time that it has on a day, if the rule gives one there.</summary>
    public DateTime TimeOn(DateOnly day) => day.ToDateTime(StartTime ?? TimeOnly.MinValue);

    /// <summary>Leaves one of its times out; where another appointment stands for it, that one tells the guests.</summary>
    public void Skip(DateTime local, bool isMoved = false)
    {
        var day = DateOnly.FromDateTime(local);
        if (Skips.Exists(s => s.Day == day))
            return;
        Skips.Add(new AppointmentSkip(Id, local));
        _isMoved = true;
        if (isMoved)
            return;
        _news = new AppointmentNews(NewsKind.CalledOff, local);
        Raise();
    }

    /// <summary>Takes back that a time is left out.</summary>
    public void Unskip(DateTime local)
    {
        var day = DateOnly.FromDateTime(local);
        if (Skips.RemoveAll(s => s.Day == day) == 0)
            return;
        (_isMoved, _news) = (true, new AppointmentNews(NewsKind.On, local));
        Raise();
    }

    /// <summary>Leaves these of its times out, and no others.</summary>
    public void LeaveOut(IEnumerable<DateTime> times)
    {
        var wanted = times.DistinctBy(DateOnly.FromDateTime).ToDictionary(DateOnly.FromDateTime);
        var isLess = Skips.RemoveAll(s => !wanted.ContainsKey(s.Day)) > 0;
        var added = wanted.Where(w => !Skips.Exists(s => s.Day == w.Key)).Select(w => new AppointmentSkip(Id, w.Value)).ToList();
        Skips.AddRange(added);
        if (!isLess && added.Count == 0)
            return;
        _isMoved = true;
        Raise();
    }

    /// <summary>Ends the series before one of its times.</summary>
    public void EndBefore(DateTime local)
    {
        if (ReadRule() is not { } rule)
            return;
        var news = _news;
        Rule = (rule with { Count = null, Until = RuleEnd.On(DateOnly.FromDateTime(local).AddDays(-1)) }).ToString();
        // Those that stay are not moved; of the others whoever ends it tells.
        _news = news;
    }

    /// <summary>Calls one of its times off, with all that follow.</summary>
    public void CallOffFrom(DateTime local)
    {
        EndBefore(local);
        _news = new AppointmentNews(NewsKind.CalledOff, local);
    }

    /// <summary>Tells that one of its times takes place again, with all that follow.</summary>
    public void TakeUpFrom(DateTime local) => _news = new AppointmentNews(NewsKind.On, local);

    /// <summary>Makes it the single time of another that stands elsewhere now.</summary>
    public void StandFor(Appointment series, DateTime local) =>
        (SeriesKey, SeriesDay, SeriesTime, Uid) = (series.Id, DateOnly.FromDateTime(local), series.IsAllDay ? null : TimeOnly.FromDateTime(local), series.Uid);

    /// <summary>The time that begins at a local time, or null where none does.</summary>
    public Occurrence? At(DateTime local) => Set() is { } set && set.From(local).FirstOrDefault() == local ? On(local) : null;

    /// <summary>Its times that lie between two moments, if only in part; days are as long as they are somewhere on earth.</summary>
    public IEnumerable<Occurrence> Between(DateTimeOffset from, DateTimeOffset to)
    {
        if (Set() is not { } set)
            yield break;
        var wide = IsAllDay ? TimeSpan.FromDays(1) : TimeSpan.Zero;
        var notBefore = LocalTimes.FromUtc(Before(from.UtcDateTime, Length + wide + TimeSpan.FromDays(1)), ZoneInfo);
        foreach (var local in set.From(notBefore))
        {
            var one = On(local);
            if (one.Start >= to + wide)
                yield break;
            if (one.End > from - wide)
                yield return one;
        }
    }

    /// <summary>The first time that begins after a moment, or null.</summary>
    public Occurrence? NextAfter(DateTimeOffset moment)
    {
        if (Set() is not { } set)
            return null;
        var notBefore = LocalTimes.FromUtc(Before(moment.UtcDateTime, TimeSpan.FromDays(1)), ZoneInfo);
        return set.From(notBefore).Select(On).FirstOrDefault(o => o.Start > moment);
    }

    /// <summary>All its times, those that are left out among them; null where its rule can't be read.</summary>
    public RecurrenceSet? Whole() => Set() is { } set ? set with { Except = [] } : null;

    /// <summary>Says whether its rule has a time on a day, left out or not.</summary>
    public bool Names(DateOnly day) => Whole()?.From(TimeOn(day)).FirstOrDefault() == TimeOn(day);

    public RecurrenceRule? ReadRule() => Rule is null ? null : RecurrenceRule.Parse(Rule);

    private static DateTime Before(DateTime time, TimeSpan by) => time.Ticks > by.Ticks ? time - by : DateTime.MinValue;

    /// <summary>The time that would begin at a local time, whether one does or not.</summary>
    public Occurrence On(DateTime local)
    {
        var start = new DateTimeOffset(LocalTimes.ToUtc(local, ZoneInfo));
        if (IsAllDay)
            return new Occurrence(local, local + Length, start, new DateTimeOffset(LocalTimes.ToUtc(local + Length, ZoneInfo)));
        var end = start + Length;
        return new Occurrence(local, LocalTimes.FromUtc(end.UtcDateTime, ZoneInfo), start, end);
    }

    private RecurrenceSet? Set()
    {
        try
        {
            return new RecurrenceSet { Start = LocalStart, Rule = ReadRule(), Zone = ZoneInfo, Except = [.. Skips.Select(s => TimeOn(s.Day))] };
        }
        catch (CalendarFormatException)
        {
            return null;
        }
    }

    private void Time<T>(ref T kept, T value)
    {
        if (Change(ref kept, value))
            _news = new AppointmentNews(NewsKind.Moved, null);
        if (!LocalTime.IsZone(_zone) || _startOn.Year is < 1900 or > 8900 || _endOn is { Year: < 1900 or > 8900 })
            return;
        FirstStart = On(LocalStart).Start;
        LastEnd = Last();
    }

    private DateTimeOffset Last()
    {
        if (Set() is not { } set)
            return FirstStart;
        if (set.Rule is null)
            return On(LocalStart).End;
        if (set.Rule.Until is { } until)
            return until.Value.Year > 8900 ? Never : On(until.LastDay(ZoneInfo).AddDays(1).ToDateTime(TimeOnly.MinValue)).End;
        return set.Rule.Count is not null ? On((set with { Except = [] }).All().Take(MostTimes).Last()).End : Never;
    }

    private void CheckTimes()
    {
        if (!LocalTime.IsZone(Zone))
            throw new RuleViolation("zone", "Choose a time zone from the list.");
        if (StartOn.Year is < 1900 or > 8900)
            throw new RuleViolation("startOn", "This can't be a day for it.");
        if (EndOn is { Year: < 1900 or > 8900 })
            throw new RuleViolation("endOn", "This can't be a day for it.");
        if (StartTime is null && EndTime is not null)
            throw new RuleViolation("startTime", "Say when it begins, or leave both times empty for whole days.");
        if (LocalEnd <= LocalStart || Length <= TimeSpan.Zero)
            throw new RuleViolation(EndTime is null ? "endOn" : "endTime", "It would be over before it begins.");
        if (Length > TimeSpan.FromDays(366))
            throw new RuleViolation("endOn", "It takes a year at most.");
        CheckRule();
    }

    private void CheckRule()
    {
        RecurrenceRule? rule;
        try
        {
            rule = ReadRule();
        }
        catch (CalendarFormatException wrong)
        {
            throw new RuleViolation("rule", "This is no rule that can be understood: {0}", wrong.Message);
        }

        if (rule is null)
            return;
        if (rule.ByHour.Count + rule.ByMinute.Count + rule.BySecond.Count > 0)
            throw new RuleViolation("rule", "A rule says on which days; the time is the appointment's own.");
        if (rule.Count > MostTimes)
            throw new RuleViolation("rule", "At most {0} times, or until a day, or for ever.", MostTimes.ToString(System.Globalization.CultureInfo.CurrentCulture));
        if (SeriesKey is not null)
            throw new RuleViolation("rule", "A single time of a series does not repeat.");
    }
}

/// <summary>A time of an appointment's rule that is left out.</summary>
internal sealed class AppointmentSkip : IRecordPart
{
    private AppointmentSkip()
    {
    }

    public AppointmentSkip(Guid recordId, DateTime at) => (RecordId, Day, Time) = (recordId, DateOnly.FromDateTime(at), TimeOnly.FromDateTime(at));

    public Guid RecordId { get; private set; }

    public DateOnly Day { get; private set; }

    /// <summary>When the time was that was left out; the day says which one it is.</summary>
    public TimeOnly Time { get; private set; }
}
