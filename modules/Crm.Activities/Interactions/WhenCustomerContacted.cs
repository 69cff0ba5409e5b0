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
        // A contact that nobody was named for is its maker's own.
        if (interaction.TakeNew() && interaction.UserId is null)
            interaction.UserId = (await db.RightsAsync(ct)).UserId;
        if (interaction.TakeClaim())
            interaction.ClaimedBy((await db.RightsAsync(ct)).UserId);
        var (isOther, isBack) = (interaction.TakeOtherUser(), interaction.TakeBack());
        // What comes out of the bin took place before, whoever is designated by now.
        if (interaction.UserId is { } user && !isBack)
            await CheckAsync(user, now.Where(r => isOther || !before.Exists(b => b.RecordId == r)), ct);
        db.Raise(new CustomersTouched([.. now.Union(before.Select(b => b.RecordId))]));
        db.RemoveRange(before.Where(b => !now.Contains(b.RecordId)));
        foreach (var record in now)
        {
            if (before.Find(b => b.RecordId == record) is not { } touch)
                db.Add(touch = new Touch { RecordId = record, InteractionId = interaction.Id });
            (touch.At, touch.Channel) = (interaction.At, interaction.Channel);
        }
    }

    private async Task CheckAsync(Guid user, IEnumerable<Guid> records, CancellationToken ct)
    {
        foreach (var record in records)
        {
            foreach (var restriction in restrictions)
                await restriction.CheckAsync(new RecordRef(record), user, ct);
        }
    }
}
