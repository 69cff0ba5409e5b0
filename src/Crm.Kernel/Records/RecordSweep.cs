using Crm.Abstractions.Records;
using Crm.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.Records;

/// <summary>Writes what follows from records anew for those that are there already, in short units. It is no change of the record: it makes no version and no history.</summary>
internal abstract class RecordSweep
{
    public static RecordSweep Of(RecordType type) => (RecordSweep)Activator.CreateInstance(typeof(RecordSweep<>).MakeGenericType(type.Entity))!;

    /// <summary>Says how many records were gone through.</summary>
    public abstract Task<long> RunAsync(KernelDb db, RecordType type, Action<IRecord> compute, CancellationToken ct);
}

/// <summary>Sweeps the records of one type.</summary>
internal sealed class RecordSweep<T> : RecordSweep
    where T : class, IRecord
{
    private const int Chunk = 200;

    public override async Task<long> RunAsync(KernelDb db, RecordType type, Action<IRecord> compute, CancellationToken ct)
    {
        var (last, count) = (Guid.Empty, 0L);
        for (var more = true; more;)
        {
            var from = last;
            await db.WriteAsync(
                async inner =>
                {
                    var rows = db.Set<T>().Include(r => r.Spine).Where(r => r.Id.CompareTo(from) > 0).OrderBy(r => r.Id).Take(Chunk);
                    var records = await type.Includes.Aggregate(rows, (q, path) => q.Include(path)).AsTracking().AsSplitQuery().ToListAsync(inner);
                    records.ForEach(compute);
                    db.ChangeTracker.DetectChanges();
                    await db.FlushAsync(inner);
                    db.ChangeTracker.Clear();
                    (more, last) = (records.Count == Chunk, records.Count == 0 ? last : records[^1].Id);
                    count += records.Count;
                },
                ct);
        }

        return count;
    }
}
