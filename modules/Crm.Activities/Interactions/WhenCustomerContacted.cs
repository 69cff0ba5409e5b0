using Crm.Abstractions.Contacts;
using Crm.Abstractions.Data;
using Crm.Abstractions.Events;
using Crm.Abstractions.Records;
using Microsoft.EntityFrameworkCore;

namespace Crm.Activities.Interactions;

/// <summary>The touches of records were written anew.</summary>
internal sealed record CustomersTouched(IReadOnlyCollection<Guid> Records);

/// <summary>Refuses a contact with a customer whom others are designated for, and keeps the touches true.</summary>
internal sealed class WhenCustomerContacted(CrmDb db, IEnumerable<IContactRestriction> restrictions) : IEventHandler<CustomerContacted>
{
    public async Task HandleAsync(CustomerContacted fact, CancellationToken ct)
    {
        if (await db.Set<Interaction>().Include(i => i.Spine.Abouts).FirstOrDefaultAsync(i => i.Id == fact.InteractionId, ct) is not { } interaction)
            return;
        var before = await db.Set<Touch>().Where(t => t.InteractionId == interaction.Id).ToListAsync(ct);
        var now = interaction.Spine.DeletedAt is not null || interaction.Spine.ErasedAt is not null ? [] : interaction.ConcernedAtAll().ToHashSet();
        foreach (var restriction in interaction.UserId is { } user ? restrictions : [])
        {
            foreach (var record in now.Where(r => !before.Exists(b => b.RecordId == r)))
                await restriction.CheckAsync(new RecordRef(record), interaction.UserId!.Value, ct);
        }

        db.Raise(new CustomersTouched([.. now.Union(before.Select(b => b.RecordId))]));
        db.RemoveRange(before.Where(b => !now.Contains(b.RecordId)));
        foreach (var record in now)
        {
            if (before.Find(b => b.RecordId == record) is not { } touch)
                db.Add(touch = new Touch { RecordId = record, InteractionId = interaction.Id });
            (touch.At, touch.Channel) = (interaction.At, interaction.Channel);
        }
    }
}
