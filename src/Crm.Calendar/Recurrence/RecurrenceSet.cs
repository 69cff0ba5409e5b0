namespace Crm.Calendar.Recurrence;

/// <summary>
/// Everything that makes one event occur (RFC 5545 §3.8.5): its start, its rule, dates besides it and dates left out. All are local times of one zone.
/// The start is always an occurrence and counts as the first, as RFC 5545 has it; it is left out only by naming it.
/// </summary>
public sealed record RecurrenceSet
{
    /// <summary>The first local time.</summary>
    public required DateTime Start { get; init; }

    /// <summary>The rule, or null for something that occurs at its start and on <see cref="Extra"/>.</summary>
    public RecurrenceRule? Rule { get; init; }

    /// <summary>The zone of all these times, which an end in UTC needs; null where the times have none.</summary>
    public TimeZoneInfo? Zone { get; init; }

    /// <summary>Local times besides those of the rule (<c>RDATE</c>).</summary>
    public IReadOnlyCollection<DateTime> Extra { get; init; } = [];

    /// <summary>Local times that are left out (<c>EXDATE</c>), whatever else names them.</summary>
    public IReadOnlyCollection<DateTime> Except { get; init; } = [];

    /// <summary>All local times, lazily: sorted, each once.</summary>
    /// <exception cref="CalendarFormatException">The rule is none; see <see cref="RecurrenceRule.Check"/>.</exception>
    public IEnumerable<DateTime> All() => From(DateTime.MinValue);

    /// <summary>The local times at or after one, lazily: sorted, each once.</summary>
    /// <param name="notBefore">The first local time that is of interest.</param>
    /// <exception cref="CalendarFormatException">The rule is none; see <see cref="RecurrenceRule.Check"/>.</exception>
    public IEnumerable<DateTime> From(DateTime notBefore)
    {
        Rule?.Check();
        return Merged(notBefore);
    }

    /// <summary>The first local time after one, or null.</summary>
    /// <param name="after">The local time after which it has to be.</param>
    /// <exception cref="CalendarFormatException">The rule is none; see <see cref="RecurrenceRule.Check"/>.</exception>
    public DateTime? Next(DateTime after)
    {
        foreach (var time in From(after))
            if (time > after) return time;
        return null;
    }

    private IEnumerable<DateTime> Merged(DateTime notBefore)
    {
        var except = Except.ToHashSet();
        var single = new Queue<DateTime>(Extra.Append(Start).Where(time => time >= notBefore).Distinct().Order());
        DateTime? last = null;
        foreach (var time in Ruled(notBefore))
        {
            while (single.TryPeek(out var other) && other <= time)
                if (IsNew(single.Dequeue())) yield return last!.Value;
            if (IsNew(time)) yield return time;
        }

        while (single.TryDequeue(out var rest))
            if (IsNew(rest)) yield return rest;

        bool IsNew(DateTime time)
        {
            if (time == last) return false;
            last = time;
            return !except.Contains(time);
        }
    }

    private IEnumerable<DateTime> Ruled(DateTime notBefore)
    {
        if (Rule is null) return [];
        // A start that the rule does not name takes one of its counted times.
        var uncounted = Rule.Count is not null && Rule.From(Start, Zone).FirstOrDefault() != Start;
        if (!uncounted) return Rule.From(Start, notBefore, Zone);
        return Rule.Count == 1 ? [] : (Rule with { Count = Rule.Count - 1 }).From(Start, notBefore, Zone);
    }
}
