using Crm.Abstractions.Records;
using Crm.Kernel.CustomFields;
using Crm.Kernel.Records;
using Crm.Kernel.Security;
using Crm.Kernel.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Crm.Kernel.Data;

/// <summary>Keeps the spine true before each flush: titles, sort keys, versions, times, departments, who decides.</summary>
internal sealed class RecordStamper(RecordTypes types, CustomFieldSet fields, TitleKeys keys, Actor actor, TimeProvider clock)
{
    private readonly HangingTargets _targets = new();
    private readonly Dictionary<Guid, Guid?> _departments = [];
    private readonly HashSet<Guid> _stamped = [];

    /// <summary>Stamps what is about to be flushed, and says what of it the tracker must look at again.</summary>
    public async Task<IReadOnlyList<object>> StampAsync(KernelDb db, ChangedRecords changed, CancellationToken ct)
    {
        var written = new List<object>();
        var entries = db.ChangeTracker.Entries().Where(e => e.State is EntityState.Added or EntityState.Modified or EntityState.Deleted).ToList();
        var spines = new Dictionary<Guid, Spine>();
        foreach (var entry in entries)
        {
            if (entry.Entity is RecordShare share)
                changed.Reassigned.Add(share.RecordId);
            else if (entry.Entity is RecordManager manager)
                changed.Reassigned.Add(manager.RecordId);
            else if (await SpineOfAsync(db, entry, ct) is { } spine)
            {
                StaysErased.EnsureEmpty(db, entry, spine);
                spines[spine.Id] = spine;
            }
        }

        await _targets.ReadAsync(db, entries, ct);
        var records = entries.Select(e => e.Entity).OfType<IRecord>().ToDictionary(r => r.Id);
        foreach (var spine in spines.Values)
        {
            if (records.GetValueOrDefault(spine.Id) is { } record)
                Name(spine, record);
            if (fields.FormulasOf(spine.Kind) is { } formulas && (records.GetValueOrDefault(spine.Id) ?? Tracked(db, spine.Id)) is { } whole)
                formulas.Compute(whole);
            var entry = db.Entry(spine);
            if (await KeepBinAsync(db, entry, records, ct) is { } aware)
                written.Add(aware);
            await StampAsync(db, entry, changed, ct);
            // What is new is written as it is.
            if (entry.State != EntityState.Added)
                written.Add(spine);
        }

        return written;
    }

    // Where only a custom field was written, the record itself is unchanged.
    private static IRecord? Tracked(KernelDb db, Guid id) => db.ChangeTracker.Entries<IRecord>().Select(e => e.Entity).FirstOrDefault(r => r.Id == id);

    private static async Task<Spine?> SpineOfAsync(KernelDb db, EntityEntry entry, CancellationToken ct) => entry.Entity switch
    {
        Spine spine => spine,
        IRecord { Spine: { } spine } => spine,
        IRecord record => await db.Records.FindAsync([record.Id], ct),
        IRecordPart part => db.Records.Local.FindEntry(part.RecordId)?.Entity ?? await db.Records.FindAsync([part.RecordId], ct),
        _ => null,
    };

    private async Task StampAsync(KernelDb db, EntityEntry<Spine> entry, ChangedRecords changed, CancellationToken ct)
    {
        var spine = entry.Entity;
        var now = clock.GetUtcNow();
        if (entry.State == EntityState.Added)
        {
            // The server itself may say who wrote something, and when: the sample company has a past.
            if (!actor.IsSystem || spine.CreatedAt == default)
                spine.CreatedAt = now;
            spine.CreatedById = actor.UserId ?? (actor.IsSystem ? spine.CreatedById : null);
            if (spine is { OwnerId: { } owner, DepartmentId: null })
                spine.DepartmentId = await DepartmentOfAsync(db, owner, ct);
            if (spine.DecidedById is { } target)
                spine.DecidedById = _targets.DeciderOf(target);
        }

        // One save is one version, however many rounds it takes.
        if (_stamped.Add(spine.Id))
            spine.Version++;
        (spine.UpdatedAt, spine.UpdatedById) = (now, actor.UserId);
        Remember(entry, changed);
    }

    // A unique rule of the record's own table can't ask the spine what lies in the bin.
    private async Task<IBinAware?> KeepBinAsync(KernelDb db, EntityEntry<Spine> entry, Dictionary<Guid, IRecord> records, CancellationToken ct)
    {
        var spine = entry.Entity;
        if (entry.State != EntityState.Modified || !entry.Property(s => s.DeletedAt).IsModified
            || types.Find(spine.Kind)?.Entity is not { } entity || !entity.IsAssignableTo(typeof(IBinAware))
            || (records.GetValueOrDefault(spine.Id) ?? await db.FindAsync(entity, [spine.Id], ct)) is not IBinAware aware)
            return null;
        aware.BinnedAt = spine.DeletedAt;
        return aware;
    }

    private void Name(Spine spine, IRecord record)
    {
        var type = types.Of(record.GetType());
        spine.Title = TitleKeys.TitleOf(type, record);
        spine.SortKey = keys.SortKeyOf(type, record);
        spine.Match = keys.Match(spine.Title);
    }

    private static void Remember(EntityEntry<Spine> entry, ChangedRecords changed)
    {
        var spine = entry.Entity;
        if (spine.DeletedAt is not null || entry.State == EntityState.Deleted)
            changed.Gone.Add(spine.Id);
        else
            changed.Saved.Add(spine.Id);
        if (entry.State == EntityState.Added)
            changed.Made.Add(spine.Id);
        if (entry.State != EntityState.Modified)
            return;
        if (entry.Property(s => s.DeletedAt).IsModified)
            changed.Turned.Add(spine.Id);
        if (entry.Property(s => s.OwnerId).IsModified || entry.Property(s => s.DepartmentId).IsModified)
            changed.Reassigned.Add(spine.Id);
    }

    private async Task<Guid?> DepartmentOfAsync(KernelDb db, Guid owner, CancellationToken ct)
    {
        if (!_departments.TryGetValue(owner, out var department))
        {
            department = await db.Set<User>().Where(u => u.Id == owner).Select(u => u.DepartmentId).FirstOrDefaultAsync(ct);
            _departments[owner] = department;
        }

        return department;
    }
}
