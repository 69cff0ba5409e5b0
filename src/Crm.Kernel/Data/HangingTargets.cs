using Crm.Abstractions.Records;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Crm.Kernel.Data;

/// <summary>The records on which a unit hangs something new, read at once: who decides for them, and whether they may carry anything any more.</summary>
internal sealed class HangingTargets
{
    private const int MostSteps = 20;
    private readonly Dictionary<Guid, Guid?> _deciders = [];

    /// <exception cref="RuleViolation">One of them was erased.</exception>
    public async Task ReadAsync(KernelDb db, IReadOnlyList<EntityEntry> entries, CancellationToken ct)
    {
        var unread = new List<Guid>();
        foreach (var target in entries.Where(e => e.State == EntityState.Added).Select(e => TargetOf(e.Entity)).OfType<Guid>().Distinct())
        {
            if (db.Records.Local.FindEntry(target)?.Entity is { } spine)
                Note(db, target, spine.DecidedById, spine.ErasedAt);
            else if (!_deciders.ContainsKey(target))
                unread.Add(target);
        }

        if (unread.Count == 0)
            return;
        foreach (var row in await db.Records.AsNoTracking().Where(r => unread.Contains(r.Id)).Select(r => new { r.Id, r.DecidedById, r.ErasedAt }).ToListAsync(ct))
            Note(db, row.Id, row.DecidedById, row.ErasedAt);
    }

    /// <summary>A note on a note is seen by who sees the record below both.</summary>
    public Guid DeciderOf(Guid target)
    {
        // What is stored names the record below all; only what is new in this unit may hang on something new.
        for (var step = 0; step < MostSteps && _deciders.GetValueOrDefault(target) is { } below; step++)
            target = below;
        return target;
    }

    private static Guid? TargetOf(object row) => row switch
    {
        Spine spine => spine.DecidedById,
        RecordAbout about => about.AboutId,
        _ => null,
    };

    private void Note(KernelDb db, Guid target, Guid? decider, DateTimeOffset? erasedAt)
    {
        if (erasedAt is not null && !db.Forgotten.Contains(target))
            throw StaysErased.Violation();
        _deciders[target] = decider;
    }
}
