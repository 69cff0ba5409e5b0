using Crm.Abstractions.Data;
using Crm.Abstractions.Events;
using Crm.Contacts.Relationships;
using Microsoft.EntityFrameworkCore;

namespace Crm.Contacts.People;

/// <summary>Keeps the works-for relationships true to the person's employer: the old one ends, the new one begins or goes on.</summary>
internal sealed class WhenEmployerChanged(CrmDb db, TimeProvider clock) : IEventHandler<EmployerChanged>
{
    // A choice that is changed this soon was a slip, not a job.
    private static readonly TimeSpan _slip = TimeSpan.FromDays(1);

    public async Task HandleAsync(EmployerChanged fact, CancellationToken ct)
    {
        var jobs = await JobsAsync(fact.PersonId, ct);
        if (fact.Before is { } before && jobs.Find(j => j.ToId == before) is { } old)
            End(old);
        if (fact.After is not { } after)
            return;
        if (jobs.Find(j => j.ToId == after) is { } known)
            known.Resume();
        else
            db.Add(Begin(fact, after));
    }

    // A person whom this very save makes has no jobs but those that came along: an import asks for none.
    private async Task<List<Relationship>> JobsAsync(Guid person, CancellationToken ct)
    {
        if (await db.Records.FindAsync([person], ct) is { Version: 1 })
            return db.Set<Relationship>().Local.GetEntries(nameof(Relationship.FromId), person).Select(e => e.Entity).Where(IsJob).ToList();
        return await db.Set<Relationship>().Include(r => r.Spine)
            .Where(r => r.FromId == person && r.Type == RelationshipTypes.WorksFor && r.Role == "").OrderBy(r => r.BinnedAt != null).ThenByDescending(r => r.Id).ToListAsync(ct);

        static bool IsJob(Relationship relationship) => relationship is { Type: RelationshipTypes.WorksFor, Role: "" };
    }

    private void End(Relationship job)
    {
        var now = clock.GetUtcNow();
        if (now - job.Spine.CreatedAt < _slip)
            job.Spine.DeletedAt = now;
        else
            job.Until ??= Today(now);
    }

    // The first employer that a record names has been it for nobody knows how long.
    private Relationship Begin(EmployerChanged fact, Guid employer)
    {
        var job = Relationship.Between(fact.PersonId, employer, RelationshipTypes.WorksFor);
        if (fact.Before is not null)
            job.Since = Today(clock.GetUtcNow());
        return job;
    }

    private static DateOnly Today(DateTimeOffset now) => DateOnly.FromDateTime(now.UtcDateTime);
}
