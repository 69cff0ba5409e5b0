using Crm.Abstractions.Records;
using Crm.Kernel.Records;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Crm.Kernel.Removal;

/// <summary>A column that points to records: what of the pointing rows becomes of a record's end follows from it.</summary>
internal abstract class Pointer
{
    /// <summary>Every pointer to records in the model. Parts go with their record by the database itself.</summary>
    public static List<Pointer> All(IModel model, RecordTypes types) =>
        [.. from entity in model.GetEntityTypes()
            from key in entity.GetDeclaredForeignKeys()
            where key.Properties.Count == 1 && key.DeleteBehavior != DeleteBehavior.Cascade
            where key.PrincipalEntityType.ClrType is var to && (to == typeof(Spine) || to.IsAssignableTo(typeof(IRecord)))
            where !(key.Properties[0].IsPrimaryKey() && entity.ClrType.IsAssignableTo(typeof(IRecord)))
            select Of(key, types)];

    /// <summary>The records that are nothing without those pointed to.</summary>
    public abstract Task<List<Guid>> DependantsAsync(DbContext db, IReadOnlyList<Guid> ids, CancellationToken ct);

    /// <summary>Takes the next rows that point to the records away from them; says how many.</summary>
    public abstract Task<int> LetGoAsync(DbContext db, IReadOnlyList<Guid> ids, CancellationToken ct);

    private static Pointer Of(IForeignKey key, RecordTypes types)
    {
        var entity = key.DeclaringEntityType.ClrType;
        var isDependant = entity == typeof(Spine) || (key.IsRequired && types.All.Any(t => t.Entity == entity && t.IsDependant));
        return (Pointer)Activator.CreateInstance(typeof(Pointer<>).MakeGenericType(entity), key.Properties[0].Name, key.IsRequired, isDependant)!;
    }
}

/// <summary>A pointer in one entity's rows.</summary>
internal sealed class Pointer<TEntity>(string property, bool isRequired, bool isDependant) : Pointer
    where TEntity : class
{
    private const int Chunk = 200;

    public override async Task<List<Guid>> DependantsAsync(DbContext db, IReadOnlyList<Guid> ids, CancellationToken ct) =>
        isDependant ? await Rows(db, ids).Select(r => EF.Property<Guid>(r, "Id")).ToListAsync(ct) : [];

    public override async Task<int> LetGoAsync(DbContext db, IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        if (isDependant)
            return 0;
        var rows = await Rows(db, ids).Take(Chunk).ToListAsync(ct);
        foreach (var row in rows)
            LetGo(db, row);
        return rows.Count;
    }

    private void LetGo(DbContext db, TEntity row)
    {
        if (row is not IRecord)
            db.Remove(row);
        else if (!isRequired)
            db.Entry(row).Property(property).CurrentValue = null;
        else
            throw new RuleViolation("", "Something that is not in the bin still points to this.");
    }

    private IQueryable<TEntity> Rows(DbContext db, IReadOnlyList<Guid> ids) => isRequired
        ? db.Set<TEntity>().AsTracking().Where(r => ids.Contains(EF.Property<Guid>(r, property)))
        : db.Set<TEntity>().AsTracking().Where(r => ids.Contains(EF.Property<Guid?>(r, property)!.Value));
}
