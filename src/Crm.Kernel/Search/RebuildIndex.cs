using Crm.Abstractions.Search;
using Crm.Kernel.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Search;

/// <summary>Writes the whole index anew from the data, in chunks between which others save.</summary>
internal sealed class RebuildIndex(IServiceScopeFactory scopes, ISearchIndex index)
{
    private const int Chunk = 200;

    /// <param name="clear">Empties the index first.</param>
    public async Task<(long Written, long Removed)> RunAsync(bool clear, Func<long, long, Task> progress, CancellationToken ct)
    {
        var total = 0L;
        await InUnitAsync(
            async (db, _) =>
            {
                total = await db.Records.LongCountAsync(ct);
                if (!clear)
                    return;
                await index.ClearAsync(db.Database.GetDbConnection(), db.Database.CurrentTransaction?.GetDbTransaction(), ct);
                await OutlineAsync(db, ct);
            },
            ct);
        var (last, written) = (Guid.Empty, 0L);
        for (var count = Chunk; count == Chunk;)
        {
            await InUnitAsync(
                async (db, writer) =>
                {
                    var ids = await db.Records.AsNoTracking().Where(r => r.Id > last).OrderBy(r => r.Id).Take(Chunk).Select(r => r.Id).ToListAsync(ct);
                    count = ids.Count;
                    if (count == 0)
                        return;
                    await writer.PutAsync(db, ids, ct);
                    last = ids[^1];
                },
                ct);
            await progress(written += count, total);
        }

        return (written, await RemoveStrayAsync(ct));
    }

    // The records come in the order of their keys, their documents stand in the order of their times.
    private async Task OutlineAsync(KernelDb db, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var places = scope.ServiceProvider.GetRequiredService<KernelDb>().Records.AsNoTracking().Where(r => r.DeletedAt == null)
            .OrderBy(r => r.UpdatedAt).ThenBy(r => r.Id).Select(r => new { r.UpdatedAt, r.Id }).AsAsyncEnumerable();
        await index.OutlineAsync(
            db.Database.GetDbConnection(), db.Database.CurrentTransaction?.GetDbTransaction(), places.Select(p => (p.UpdatedAt, p.Id)), ct);
    }

    // Documents of records that aren't there any more.
    private async Task<long> RemoveStrayAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var reading = scope.ServiceProvider.GetRequiredService<KernelDb>();
        await reading.Database.OpenConnectionAsync(ct);
        var stray = new List<Guid>();
        var seen = new List<Guid>();
        await foreach (var document in index.ReadAsync(reading.Database.GetDbConnection(), ct))
        {
            seen.Add(document.Id);
            if (seen.Count == 1_000)
                await SiftAsync();
        }

        await SiftAsync();
        foreach (var chunk in stray.Chunk(Chunk))
            await InUnitAsync((db, _) => index.RemoveAsync(db.Database.GetDbConnection(), db.Database.CurrentTransaction?.GetDbTransaction(), chunk, ct), ct);
        return stray.Count;

        async Task SiftAsync()
        {
            await using var other = scopes.CreateAsyncScope();
            var there = await other.ServiceProvider.GetRequiredService<KernelDb>().Records.Where(r => seen.Contains(r.Id)).Select(r => r.Id).ToListAsync(ct);
            stray.AddRange(seen.Except(there));
            seen.Clear();
        }
    }

    private async Task InUnitAsync(Func<KernelDb, SearchWriter, Task> work, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<KernelDb>();
        await db.WriteAsync(_ => work(db, scope.ServiceProvider.GetRequiredService<SearchWriter>()), ct);
    }
}
