using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Crm.Kernel.Data;

/// <summary>Writes a flush that does nothing but add many rows with one prepared statement a table: SQLite's provider sends each row as a command of its own.</summary>
internal static class NewRows
{
    // A single row is as fast by the tracker's own way.
    private const int Worth = 2;
    private static readonly ConditionalWeakTable<IEntityType, object> _plain = [];

    /// <summary>Says how many rows were written; null where the flush is not of that sort and nothing was done.</summary>
    public static async Task<int?> InsertAsync(KernelDb db, CancellationToken ct)
    {
        var changed = db.ChangeTracker.Entries().Where(e => e.State is EntityState.Added or EntityState.Modified or EntityState.Deleted).ToList();
        if (changed.Count < Worth || changed.Exists(e => e.State != EntityState.Added))
            return null;
        var tables = changed.GroupBy(e => e.Metadata).ToDictionary(g => g.Key, g => g.ToList());
        if (!tables.Keys.All(t => (bool)_plain.GetValue(t, k => IsPlain(k))) || InOrder(tables.Keys) is not { } order)
            return null;
        var bulk = new BulkInsert(db);
        var rows = 0;
        try
        {
            foreach (var type in order)
                rows += await bulk.InsertAsync(type, InOrder(type, tables[type]).Select(e => e.Entity), ct);
        }
        catch (DbException failure)
        {
            throw new DbUpdateException(failure.Message, failure);
        }

        db.ChangeTracker.AcceptAllChanges();
        return rows;
    }

    // What the database makes itself, and what stands in no property, the tracker must write.
    private static bool IsPlain(IEntityType type) =>
        type.FindDiscriminatorProperty() is var kind
        && type.GetProperties().All(p => p == kind || (!p.IsShadowProperty() && p.ValueGenerated == ValueGenerated.Never))
        && OwnReferences(type).All(k => k.Properties.Count == 1);

    private static IEnumerable<IForeignKey> OwnReferences(IEntityType type) =>
        type.GetForeignKeys().Where(k => k.PrincipalEntityType.GetRootType() == type.GetRootType());

    // Whatever is pointed to comes first; null where two tables point to each other.
    private static List<IEntityType>? InOrder(IEnumerable<IEntityType> types)
    {
        var open = types.ToList();
        var order = new List<IEntityType>();
        while (open.Count > 0)
        {
            var next = open.FindAll(t => !t.GetForeignKeys().Any(k => IsElsewhere(t, k) && open.Exists(o => o.GetRootType() == k.PrincipalEntityType.GetRootType())));
            if (next.Count == 0)
                return null;
            order.AddRange(next);
            open.RemoveAll(next.Contains);
        }

        return order;

        static bool IsElsewhere(IEntityType type, IForeignKey key) => key.PrincipalEntityType.GetRootType() != type.GetRootType();
    }

    private static IEnumerable<EntityEntry> InOrder(IEntityType type, List<EntityEntry> rows)
    {
        var keys = OwnReferences(type).Select(k => k.Properties[0].Name).ToList();
        if (keys.Count == 0)
            return rows;
        var key = type.FindPrimaryKey()!.Properties[0].Name;
        var waiting = rows.ToDictionary(r => r.Property(key).CurrentValue!);
        var order = new List<EntityEntry>(rows.Count);
        foreach (var row in rows)
            Take(row.Property(key).CurrentValue!);
        return order;

        void Take(object id)
        {
            if (!waiting.Remove(id, out var row))
                return;
            foreach (var target in keys.Select(k => row.Property(k).CurrentValue).OfType<object>())
                Take(target);
            order.Add(row);
        }
    }
}
