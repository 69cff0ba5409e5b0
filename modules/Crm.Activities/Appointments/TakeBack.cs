using Crm.Abstractions.Data;
using Crm.Abstractions.Records;
using Crm.Calendar;
using Crm.Calendar.Recurrence;

namespace Crm.Activities.Appointments;

/// <summary>Takes back what was done to a series: that a time was called off, or all that follow, or that these went their own way. What was changed since is not touched.</summary>
internal sealed class TakeBack(CrmDb db, MoveAppointment move, ReopenAppointment reopen)
{
    /// <summary>Takes back a calling off.</summary>
    /// <param name="series">The appointment.</param>
    /// <param name="at">Which of its times.</param>
    /// <param name="reach">How much was called off.</param>
    /// <param name="rule">The rule before, where the series was ended.</param>
    /// <param name="ct">Ends it.</param>
    public async Task CallingOffAsync(Appointment series, DateTime at, Reach reach, string? rule, CancellationToken ct)
    {
        if (!series.IsPlanned)
        {
            await reopen.RunAsync(series, new Dictionary<string, object?>(StringComparer.Ordinal), ct);
            return;
        }

        if (reach == Reach.One)
        {
            series.Unskip(at);
        }
        else
        {
            Prolong(series, at, rule);
            series.TakeUpFrom(at);
            await db.ReopenSinglesAsync(series, DateOnly.FromDateTime(at), ct);
        }

        series.Check();
        await db.SaveChangesAsync(ct);
    }

    /// <summary>Puts a whole series back to where it was before it was moved.</summary>
    /// <param name="series">The appointment.</param>
    /// <param name="at">The time that was moved, as it is now.</param>
    /// <param name="was">As it was.</param>
    /// <param name="rule">The rule before.</param>
    /// <param name="ct">Ends it.</param>
    public async Task MoveAsync(Appointment series, DateTime at, NewTime was, string? rule, CancellationToken ct)
    {
        // The rule comes by an address, as anything may.
        if (series.Rule is null || series.At(at) is null || rule is not { Length: <= AppointmentRecord.MostRule })
            throw MoveAppointment.Gone();
        try
        {
            var before = SeriesShift.Back(series.Whole()!, at, was.Start, RecurrenceRule.Parse(rule)) ?? throw MoveAppointment.Gone();
            await move.PlaceAsync(series, before, rule, was.End - was.Start, ct);
        }
        catch (CalendarFormatException)
        {
            throw MoveAppointment.Gone();
        }
    }

    /// <summary>Joins the times that went their own way to their series again.</summary>
    /// <param name="rest">The series of these times.</param>
    /// <param name="from">The series that they were part of.</param>
    /// <param name="at">The first of them, as it was.</param>
    /// <param name="rule">The rule before.</param>
    /// <param name="now">The moment.</param>
    /// <param name="ct">Ends it.</param>
    public async Task PartingAsync(Appointment rest, Guid from, DateTime at, string? rule, DateTimeOffset now, CancellationToken ct)
    {
        if (rest.InvitedSequence is not null || await move.FindAsync(from, ct) is not { IsPlanned: true } series || series.Uid == rest.Uid)
            throw MoveAppointment.Gone();
        Prolong(series, at, rule);
        series.TakeUpFrom(at);
        var singles = await db.SinglesAsync(rest.Id, ct);
        var along = new TimesAlong(rest.Whole()!.All(), series.Whole()!.From(at), MoveAppointment.Days(rest, singles));
        series.LeaveOut([.. series.Skips.Select(s => series.TimeOn(s.Day)), .. along.Of(rest.Skips)]);
        along.Carry(singles, series);
        series.Check();
        rest.Spine.DeletedAt = now;
        await db.SaveChangesAsync(ct);
    }

    // Only where it ends as the calling off left it, with the rule that reaches the time.
    private static void Prolong(Appointment series, DateTime at, string? rule)
    {
        var ended = series.Rule;
        series.Rule = rule;
        // The rule comes by an address, as anything may.
        series.Check();
        series.EndBefore(at);
        if (ended is null || series.Rule != ended)
            throw MoveAppointment.Gone();
        series.Rule = rule;
        if (series.At(at) is null)
            throw MoveAppointment.Gone();
    }
}
