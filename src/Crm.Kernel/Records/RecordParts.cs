using System.Reflection;
using Crm.Abstractions.Records;
using Crm.Kernel.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Crm.Kernel.Records;

/// <summary>
/// Loads records by their keys, untracked, with what hangs on them. Each collection is a plain query of its own, put together here:
/// EF's way of loading collections costs a page of fifty several times as much.
/// </summary>
internal sealed class RecordParts<T>(KernelDb db)
    where T : class, IRecord
{
    private static readonly MethodInfo _fill = typeof(RecordParts<T>).GetMethod(nameof(FillAsync), BindingFlags.NonPublic | BindingFlags.Instance)!;

    /// <param name="ids">The records' keys.</param>
    /// <param name="paths">What hangs on them.</param>
    /// <param name="among">Only those that are among these; null where that is known of each.</param>
    /// <param name="ct">Ends the read.</param>
    public async Task<Dictionary<Guid, T>> LoadAsync(List<Guid> ids, IEnumerable<string> paths, IQueryable<Spine>? among, CancellationToken ct)
    {
        var rows = db.Set<T>().AsNoTracking().Include(r => r.Spine).Where(r => ids.Contains(r.Id));
        if (among is not null)
            rows = rows.Where(r => among.Any(s => s.Id == r.Id));
        var collections = new List<INavigation>();
        var further = false;
        foreach (var path in paths)
        {
            if (Collection(path) is { } collection)
            {
                collections.Add(collection);
                continue;
            }

            further = true;
            rows = rows.Include(path);
        }

        var loaded = (await (further ? rows.AsSplitQuery() : rows).ToListAsync(ct)).ToDictionary(r => r.Id);
        if (loaded.Count == 0)
            return loaded;
        foreach (var collection in collections)
            await (Task)_fill.MakeGenericMethod(collection.TargetEntityType.ClrType).Invoke(this, [loaded, ids, collection, ct])!;
        return loaded;
    }

    // One step down, by a key of one column that the rows hold themselves.
    private INavigation? Collection(string path) =>
        db.Model.FindEntityType(typeof(T))!.FindNavigation(path) is { IsCollection: true, ForeignKey: { IsOwnership: false, Properties: [var key] } } found
        && !key.IsShadowProperty() && key.ClrType == typeof(Guid) && !found.TargetEntityType.GetNavigations().Any(n => n.IsEagerLoaded)
            ? found : null;

    private async Task FillAsync<TPart>(Dictionary<Guid, T> loaded, List<Guid> ids, INavigation navigation, CancellationToken ct)
        where TPart : class
    {
        var key = navigation.ForeignKey.Properties[0];
        var name = key.Name;
        var parts = await db.Set<TPart>().AsNoTracking().Where(p => ids.Contains(EF.Property<Guid>(p, name))).ToListAsync(ct);
        var (owner, list) = (key.GetGetter(), navigation.GetCollectionAccessor()!);
        foreach (var part in parts)
        {
            if (loaded.TryGetValue((Guid)owner.GetClrValue(part)!, out var record))
                list.Add(record, part, forMaterialization: true);
        }
    }
}
