using Crm.Abstractions.Records;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Crm.Kernel.Data;

/// <summary>What was erased stays erased, whatever door is used: nothing fills a skeleton again. It may be emptied, shared, handed over, binned and removed.</summary>
internal static class StaysErased
{
    /// <exception cref="RuleViolation">The row would say something of a record that was erased.</exception>
    public static void EnsureEmpty(KernelDb db, EntityEntry entry, Spine spine)
    {
        if (spine.ErasedAt is not null && !db.Forgotten.Contains(spine.Id) && WasErased(db.Entry(spine)) && Fills(entry))
            throw Violation();
    }

    public static RuleViolation Violation() => new("", "This was erased, and stays as it is.");

    private static bool WasErased(EntityEntry<Spine> spine) => spine.State != EntityState.Added && spine.Property(s => s.ErasedAt).OriginalValue is not null;

    private static bool Fills(EntityEntry entry) => entry.State switch
    {
        EntityState.Added => true,
        EntityState.Modified => entry.Properties.Any(p => p.IsModified && IsContent(entry.Entity, p.Metadata.Name) && p.CurrentValue is not (null or "") && !Equals(p.CurrentValue, p.Metadata.Sentinel)),
        _ => false,
    };

    private static bool IsContent(object row, string property) => row is Spine
        ? property is nameof(Spine.ExternalId) or nameof(Spine.Custom)
        : property != nameof(IBinAware.BinnedAt);
}
