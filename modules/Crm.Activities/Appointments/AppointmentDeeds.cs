using Crm.Abstractions.Data;
using Crm.Abstractions.Records;

namespace Crm.Activities.Appointments;

/// <summary>Calls an appointment off, with all its times; whoever was invited is told.</summary>
internal sealed class CancelAppointment(CrmDb db, TellGuests guests) : IVerb<Appointment>
{
    public async Task RunAsync(Appointment record, IReadOnlyDictionary<string, object?> input, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(record);
        var isKnown = !record.IsChangedSinceInvited;
        record.Cancel();
        await guests.CallOffAsync(record, at: null, isKnown, ct);
        // Who was invited to the series knows by one message of all its times.
        foreach (var single in await db.CancelSinglesAsync(record, DateOnly.MinValue, ct))
            await guests.CancelAsync(single, at: null, single.Guests.FindAll(g => !record.Guests.Exists(o => o.Has(g.Email))), ct);
        await db.SaveChangesAsync(ct);
    }
}

/// <summary>Takes up an appointment that was called off, with what was called off along with it.</summary>
internal sealed class ReopenAppointment(CrmDb db) : IVerb<Appointment>
{
    public async Task RunAsync(Appointment record, IReadOnlyDictionary<string, object?> input, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(record);
        record.Reopen();
        await db.ReopenSinglesAsync(record, DateOnly.MinValue, ct);
        await db.SaveChangesAsync(ct);
    }
}

/// <summary>Invites the people present by mail, or tells them what has changed since.</summary>
internal sealed class InviteGuests(CrmDb db, TellGuests guests) : IVerb<Appointment>
{
    public async Task RunAsync(Appointment record, IReadOnlyDictionary<string, object?> input, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(record);
        if (!record.IsPlanned)
            throw new RuleViolation("state", "It is called off already.");
        await guests.InviteAsync(record, ct);
        await db.SaveChangesAsync(ct);
    }
}

/// <summary>Calls off one time of a series, or one and all that follow, or everything.</summary>
internal sealed class CallOff(CrmDb db, CancelAppointment cancel, TellGuests guests)
{
    public async Task RunAsync(Appointment series, DateTime at, Reach reach, CancellationToken ct)
    {
        if (series.At(at) is null)
            throw MoveAppointment.Gone();
        if (series.Rule is null || reach == Reach.All || (reach == Reach.Following && at == series.LocalStart))
        {
            await cancel.RunAsync(series, new Dictionary<string, object?>(StringComparer.Ordinal), ct);
            return;
        }

        var isKnown = !series.IsChangedSinceInvited;
        if (reach == Reach.One)
        {
            series.Skip(at);
            await guests.CallOffAsync(series, at, isKnown, ct);
        }
        else
        {
            series.CallOffFrom(at);
            foreach (var single in await db.CancelSinglesAsync(series, DateOnly.FromDateTime(at), ct))
                await guests.CancelAsync(single, at: null, single.Guests, ct);
            await guests.EndAsync(series, isKnown, ct);
        }

        series.Check();
        await db.SaveChangesAsync(ct);
    }
}
