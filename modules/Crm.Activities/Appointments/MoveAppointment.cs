using Crm.Abstractions.Data;
using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
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
internal sealed class MoveAppointment(CrmDb db, IRecordSharing sharing)
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
            throw Gone();
        if (series.Rule is null || reach == Reach.All || (reach == Reach.Following && at == series.LocalStart))
            return await AllAsync(series, at, to, ct);
        return reach == Reach.One ? await OneAsync(series, at, to, ct) : await FollowingAsync(series, at, to, ct);
    }

    /// <summary>Takes back that one time was moved.</summary>
    public async Task RejoinAsync(Appointment single, DateTimeOffset now, CancellationToken ct)
    {
        if (single is not { SeriesKey: { } id, SeriesDay: { } day } || await FindAsync(id, ct) is not { } series || !series.Names(day))
            throw Gone();
        series.Unskip(series.TimeOn(day));
        single.Spine.DeletedAt = now;
        await db.SaveChangesAsync(ct);
    }

    /// <summary>Puts a whole series to other times, with what is left out and what stands for single ones.</summary>
    public async Task PlaceAsync(Appointment series, RecurrenceSet to, string rule, TimeSpan length, CancellationToken ct)
    {
        var singles = await db.SinglesAsync(series.Id, ct);
        var along = new TimesAlong(series.Whole()!.All(), to.All(), Days(series, singles));
        var skips = along.Of(series.Skips);
        series.Plan(to.Start, to.Start + length, series.IsAllDay, series.Zone);
        series.Rule = rule;
        series.LeaveOut(skips);
        along.Carry(singles, series);
        series.Check();
        await db.SaveChangesAsync(ct);
    }

    /// <summary>The days of a series on which its rule does not count.</summary>
    public static IEnumerable<DateOnly> Days(Appointment series, IEnumerable<Appointment> singles) =>
        series.Skips.Select(s => s.Day).Concat(singles.Select(s => s.SeriesDay).OfType<DateOnly>());

    public static RuleViolation Gone() => new("", "It is not there any more: somebody moved it.");

    private async Task<Appointment> OneAsync(Appointment series, DateTime at, NewTime to, CancellationToken ct)
    {
        var single = series.Copy(isSameToGuests: true);
        single.StandFor(series, at);
        single.Plan(to.Start, to.End, to.IsAllDay, series.Zone);
        single.Check();
        series.Skip(at, isMoved: true);
        db.Add(single);
        await sharing.CopyAsync(series, single, ct);
        await db.SaveChangesAsync(ct);
        return single;
    }

    private async Task<Appointment> FollowingAsync(Appointment series, DateTime at, NewTime to, CancellationToken ct)
    {
        var (rule, whole) = (series.ReadRule()!, series.Whole()!);
        var left = rule.Count is { } count ? rule with { Count = count - whole.All().TakeWhile(t => t < at).Count() } : rule;
        var moved = SeriesShift.By(whole with { Start = at, Rule = left }, at, to.Start) ?? throw NoRule();
        var rest = series.Copy(isSameToGuests: false);
        rest.Plan(to.Start, to.End, to.IsAllDay, series.Zone);
        rest.Rule = moved.Rule!.ToString();
        var singles = await db.SinglesAsync(series.Id, ct);
        var along = new TimesAlong(whole.From(at), moved.All(), Days(series, singles));
        rest.LeaveOut(along.Of(series.Skips));
        series.LeaveOut(series.Skips.Where(s => s.Day < DateOnly.FromDateTime(at)).Select(s => series.TimeOn(s.Day)).ToList());
        series.EndBefore(at);
        rest.Check();
        series.Check();
        along.Carry(singles, rest);
        db.Add(rest);
        await sharing.CopyAsync(series, rest, ct);
        await db.SaveChangesAsync(ct);
        return rest;
    }

    private async Task<Appointment> AllAsync(Appointment series, DateTime at, NewTime to, CancellationToken ct)
    {
        var length = to.End - to.Start;
        if (series.Rule is not null)
        {
            var moved = SeriesShift.By(series.Whole()!, at, to.Start) ?? throw NoRule();
            await PlaceAsync(series, moved, moved.Rule!.ToString(), length, ct);
            return series;
        }

        series.Plan(to.Start, to.Start + length, to.IsAllDay, series.Zone);
        series.Check();
        await db.SaveChangesAsync(ct);
        return series;
    }

    private static RuleViolation NoRule() => new("", "No rule says where the others would go: change the rule itself, or move this one alone.");
}
