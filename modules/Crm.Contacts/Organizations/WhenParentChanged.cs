using Crm.Abstractions.Data;
using Crm.Abstractions.Events;
using Crm.Abstractions.Records;
using Microsoft.EntityFrameworkCore;

namespace Crm.Contacts.Organizations;

/// <summary>An organisation became a part of another one.</summary>
internal sealed record ParentChanged(Guid OrganizationId);

/// <summary>Refuses an organisation that would be a part of itself, however far around.</summary>
internal sealed class WhenParentChanged(CrmDb db) : IEventHandler<ParentChanged>
{
    private const int Deepest = 50;

    public async Task HandleAsync(ParentChanged fact, CancellationToken ct)
    {
        if (await db.Set<HierarchyTurn>().FindAsync([HierarchyTurn.Only], ct) is not { } turn)
            db.Add(turn = new HierarchyTurn());
        turn.Turn++;
        await db.SaveChangesAsync(ct);
        Guid? next = fact.OrganizationId;
        for (var depth = 0; next is { } id; depth++)
        {
            next = await db.Set<Organization>().AsNoTracking().Where(o => o.Id == id).Select(o => o.ParentId).FirstOrDefaultAsync(ct);
            if (next == fact.OrganizationId || depth == Deepest)
                throw new RuleViolation("parent", "An organisation can't be a part of itself.");
        }
    }
}
