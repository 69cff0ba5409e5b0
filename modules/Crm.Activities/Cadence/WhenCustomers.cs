using Crm.Abstractions.Data;
using Crm.Abstractions.Events;
using Crm.Abstractions.Records;
using Crm.Activities.Interactions;
using Microsoft.EntityFrameworkCore;

namespace Crm.Activities.Cadence;

/// <summary>Keeps the marks of customers true whose contacts were logged, moved or taken back.</summary>
internal sealed class WhenCustomersTouched(KeepMarks marks) : IEventHandler<CustomersTouched>
{
    public Task HandleAsync(CustomersTouched fact, CancellationToken ct) => marks.AfterContactAsync(fact.Records, ct);
}

/// <summary>Marks new customers as never contacted: they count from their beginning.</summary>
internal sealed class WhenCustomersAdded(CrmDb db) : IEventHandler<RecordsAdded>
{
    public async Task HandleAsync(RecordsAdded fact, CancellationToken ct)
    {
        var added = fact.Records.Where(r => Customer.Kinds[Customer.Both].Contains(r.Kind)).ToList();
        if (added.Count == 0)
            return;
        var keys = await db.Set<CadenceRule>().Where(r => r.IsActive && r.BinnedAt == null).Select(r => r.ChannelKey).Distinct().ToListAsync(ct);
        db.AddRange(added.SelectMany(r => keys.Select(k => new ContactMark { RecordId = r.Id, Channels = k, At = r.CreatedAt, IsNever = true })));
    }
}

/// <summary>Lets go of the marks of customers who were erased: nobody contacts them.</summary>
internal sealed class WhenCustomersForgotten(CrmDb db) : IEventHandler<RecordsForgotten>
{
    public async Task HandleAsync(RecordsForgotten fact, CancellationToken ct)
    {
        db.RemoveRange(await db.Set<ContactMark>().Where(m => fact.Ids.Contains(m.RecordId)).ToListAsync(ct));
        db.RemoveRange(await db.Set<OftenMark>().Where(m => fact.Ids.Contains(m.RecordId)).ToListAsync(ct));
    }
}
