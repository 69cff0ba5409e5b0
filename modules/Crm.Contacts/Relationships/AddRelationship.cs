using Crm.Abstractions.Data;
using Crm.Abstractions.Records;
using Crm.Contacts.People;
using Microsoft.EntityFrameworkCore;

namespace Crm.Contacts.Relationships;

/// <summary>Adds a relationship; one that was taken away is taken up again. Who works for somebody and names no employer gets him as employer.</summary>
internal sealed class AddRelationship(CrmDb db)
{
    public async Task RunAsync(Relationship relationship, CancellationToken ct)
    {
        relationship.Check();
        var known = await db.Set<Relationship>().Include(r => r.Spine).OrderBy(r => r.BinnedAt != null).ThenByDescending(r => r.Id).FirstOrDefaultAsync(
            r => r.FromId == relationship.FromId && r.ToId == relationship.ToId && r.Type == relationship.Type && r.Role == relationship.Role, ct);
        if (known is { Spine.DeletedAt: null })
            throw new RuleViolation("to", "This relationship is there already.");
        if (known is null)
            db.Add(known = relationship);
        known.Resume();
        (known.Rank, known.Since, known.Until) = (relationship.Rank, relationship.Since, relationship.Until);
        if (known is { Type: RelationshipTypes.WorksFor, Role: "", Until: null }
            && await db.Set<Person>().Include(p => p.Spine).FirstOrDefaultAsync(p => p.Id == known.FromId, ct) is { OrganizationId: null } person)
            person.OrganizationId = known.ToId;
        await db.SaveChangesAsync(ct);
    }
}

/// <summary>Puts a relationship into the bin; the employer that it stood for goes from the person, too.</summary>
internal sealed class RemoveRelationship(CrmDb db, TimeProvider clock)
{
    /// <summary>Says whether it stood for the employer.</summary>
    public async Task<bool> RunAsync(Relationship relationship, CancellationToken ct)
    {
        relationship.Spine.DeletedAt = clock.GetUtcNow();
        var person = relationship.Type == RelationshipTypes.WorksFor
            ? await db.Set<Person>().Include(p => p.Spine).FirstOrDefaultAsync(p => p.Id == relationship.FromId && p.OrganizationId == relationship.ToId, ct)
            : null;
        if (person is not null)
            person.OrganizationId = null;
        await db.SaveChangesAsync(ct);
        return person is not null;
    }

    /// <summary>Takes it back; where the same was made anew meanwhile, that one stands for it.</summary>
    public async Task UndoAsync(Relationship relationship, bool wasEmployer, CancellationToken ct)
    {
        if (await db.Set<Relationship>().AnyAsync(
            r => r.FromId == relationship.FromId && r.ToId == relationship.ToId && r.Type == relationship.Type && r.Role == relationship.Role && r.BinnedAt == null, ct))
            return;
        relationship.Spine.DeletedAt = null;
        if (wasEmployer && await db.Set<Person>().Include(p => p.Spine).FirstOrDefaultAsync(p => p.Id == relationship.FromId, ct) is { OrganizationId: null } person)
            person.OrganizationId = relationship.ToId;
        await db.SaveChangesAsync(ct);
    }
}
