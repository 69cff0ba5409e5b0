using Crm.Abstractions.Data;
using Crm.Abstractions.Records;

namespace Crm.Activities.Appointments;

/// <summary>Calls an appointment off, with all its times; whoever was invited is told.</summary>
internal sealed class CancelAppointment(CrmDb db, TellGuests guests) : IVerb<Appointment>
{
    public async Task RunAsync(Appointment record, IReadOnlyDictionary<string, object?> input, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(record);
        record.Cancel();
        await guests.CancelAsync(record, at: null, record.Guests, ct);
        await db.SaveChangesAsync(ct);
    }
}

/// <summary>Takes up an appointment that was called off.</summary>
internal sealed class ReopenAppointment(CrmDb db) : IVerb<Appointment>
{
    public async Task RunAsync(Appointment record, IReadOnlyDictionary<string, object?> input, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(record);
        record.Reopen();
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
            throw new RuleViolation("", "It is not there any more: somebody moved it.");
        if (series.Rule is null || reach == Reach.All || (reach == Reach.Following && at == series.LocalStart))
        {
            await cancel.RunAsync(series, new Dictionary<string, object?>(StringComparer.Ordinal), ct);
            return;
        }

        if (reach == Reach.One)
        {
            series.Skip(at);
            await guests.CancelAsync(series, at, series.Guests, ct);
        }
        else
        {
            series.EndBefore(at);
        }

        series.Check();
        await db.SaveChangesAsync(ct);
    }
}
