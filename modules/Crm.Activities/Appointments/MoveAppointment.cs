using Crm.Abstractions.Data;
using Crm.Abstractions.Records;
using Crm.Calendar.Recurrence;
using Microsoft.EntityFrameworkCore;

namespace Crm.Activities.Appointments;

/// <summary>How much of a series is meant.</summary>
internal enum Reach
{
    One,
    Following,
    All,
}

/// <summary>A new time for one of an appointment's times, on the wall of its zone; of days from midnight to midnight.</summary>
internal sealed record NewTime(DateTime Start, DateTime End, bool IsAllDay);

/// <summary>Moves an appointment, or one of its times, or one and all that follow.</summary>
internal sealed class MoveAppointment(CrmDb db)
{
    /// <summary>The appointment as the caller may change it: null where he does not see it.</summary>
    /// <exception cref="NotAllowed">He sees it, and may not change it.</exception>
    public async Task<Appointment?> FindAsync(Guid id, CancellationToken ct)
    {
        var found = await ReadAsync(id, ct);
        if (found is null || await db.MayAsync(ActivitiesPermissions.EditAppointments.Name, found.Spine, ct))
            return found;
        throw new NotAllowed("You are not allowed to change this appointment.");
    }

    /// <summary>The appointment as the caller sees it, or null.</summary>
    public async Task<Appointment?> ReadAsync(Guid id, CancellationToken ct) =>
        await (await db.VisibleAsync<Appointment>(ct)).Include(a => a.Spine.Abouts).Include(a => a.Colleagues).Include(a => a.Skips).Include(a => a.Guests)
            .AsSplitQuery().FirstOrDefaultAsync(a => a.Id == id, ct);

    /// <summary>Moves it; gives the appointment that stands at the new time.</summary>
    /// <param name="series">The appointment.</param>
    /// <param name="at">Which of its times: the beginning on its wall.</param>
    /// <param name="to">Where it goes.</param>
    /// <param name="reach">How much of the series goes along.</param>
    /// <param name="ct">Ends it.</param>
    /// <exception cref="RuleViolation">The new time is none, or the appointment is not at the old one.</exception>
    public async Task<Appointment> RunAsync(Appointment series, DateTime at, NewTime to, Reach reach, CancellationToken ct)
    {
        if (series.At(at) is null)
            throw new RuleViolation("", "It is not there any more: somebody moved it.");
        if (series.Rule is null || reach == Reach.All || (reach == Reach.Following && at == series.LocalStart))
            return await AllAsync(series, at, to, ct);
        return reach == Reach.One ? await OneAsync(series, at, to, ct) : await FollowingAsync(series, at, to, ct);
    }

    /// <summary>Takes back that one time was moved.</summary>
    public async Task RejoinAsync(Appointment single, DateTimeOffset now, CancellationToken ct)
    {
        if (single is not { SeriesKey: { } id, SeriesAt: { } at } || await FindAsync(id, ct) is not { } series)
            throw new RuleViolation("", "It is not there any more: somebody moved it.");
        series.Unskip(at);
        single.Spine.DeletedAt = now;
        await db.SaveChangesAsync(ct);
    }

    private async Task<Appointment> OneAsync(Appointment series, DateTime at, NewTime to, CancellationToken ct)
    {
        var single = series.Copy(isSameToGuests: true);
        single.StandFor(series, at);
        single.Plan(to.Start, to.End, to.IsAllDay, series.Zone);
        single.Check();
        series.Skip(at, isMoved: true);
        db.Add(single);
        await db.SaveChangesAsync(ct);
        return single;
    }

    private async Task<Appointment> FollowingAsync(Appointment series, DateTime at, NewTime to, CancellationToken ct)
    {
        var rule = series.ReadRule()!;
        var before = rule.Count is null ? 0 : new RecurrenceSet { Start = series.LocalStart, Rule = rule, Zone = series.ZoneInfo }.All().TakeWhile(t => t < at).Count();
        var rest = series.Copy(isSameToGuests: false);
        rest.Plan(to.Start, to.End, to.IsAllDay, series.Zone);
        rest.Rule = RuleShift.By(rule.Count is { } count ? rule with { Count = count - before } : rule, at, to.Start).ToString();
        foreach (var skip in series.Skips.Where(s => s.At >= at).ToList())
        {
            series.Unskip(skip.At);
            rest.Skip(skip.At + (to.Start - at));
        }

        series.EndBefore(at);
        rest.Check();
        series.Check();
        db.Add(rest);
        foreach (var single in await SinglesAsync(series.Id, ct))
        {
            if (single.SeriesAt is { } was && was >= at)
                single.StandFor(rest, was + (to.Start - at));
        }

        await db.SaveChangesAsync(ct);
        return rest;
    }

    private async Task<Appointment> AllAsync(Appointment series, DateTime at, NewTime to, CancellationToken ct)
    {
        var by = to.Start - at;
        var start = series.LocalStart + by;
        series.Plan(start, start + (to.End - to.Start), to.IsAllDay, series.Zone);
        if (series.Rule is not null && by != TimeSpan.Zero)
        {
            series.Rule = RuleShift.By(series.ReadRule()!, at, to.Start).ToString();
            foreach (var skip in series.Skips.Select(s => s.At).ToList())
            {
                series.Unskip(skip);
                series.Skip(skip + by);
            }

            foreach (var single in await SinglesAsync(series.Id, ct))
            {
                if (single.SeriesAt is { } was)
                    single.StandFor(series, was + by);
            }
        }

        series.Check();
        await db.SaveChangesAsync(ct);
        return series;
    }

    // All of them, also those that the mover does not see: they belong to the series and follow it.
    private async Task<List<Appointment>> SinglesAsync(Guid series, CancellationToken ct) =>
        await db.Set<Appointment>().Include(a => a.Spine).Where(a => a.SeriesKey == series).ToListAsync(ct);
}
