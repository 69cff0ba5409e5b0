using Crm.Abstractions.Records;
using Crm.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.CustomFields.Formulas;

/// <summary>Computes formulas for the records that are there already, in short units. What is computed is no change of the record: it makes no version and no history.</summary>
internal abstract class FormulaSweep
{
    public static FormulaSweep Of(RecordType type) => (FormulaSweep)Activator.CreateInstance(typeof(FormulaSweep<>).MakeGenericType(type.Entity))!;

    public abstract Task RunAsync(KernelDb db, RecordType type, FieldFormulas formulas, CancellationToken ct);
}

/// <summary>Sweeps the records of one type.</summary>
internal sealed class FormulaSweep<T> : FormulaSweep
    where T : class, IRecord
{
    private const int Chunk = 200;

    public override async Task RunAsync(KernelDb db, RecordType type, FieldFormulas formulas, CancellationToken ct)
    {
        var last = Guid.Empty;
        for (var more = true; more;)
        {
            var from = last;
            await db.WriteAsync(
                async inner =>
                {
                    var rows = db.Set<T>().Include(r => r.Spine).Where(r => r.Id.CompareTo(from) > 0).OrderBy(r => r.Id).Take(Chunk);
                    var records = await type.Includes.Aggregate(rows, (q, path) => q.Include(path)).AsTracking().AsSplitQuery().ToListAsync(inner);
                    records.ForEach(formulas.Compute);
                    db.ChangeTracker.DetectChanges();
                    await db.FlushAsync(inner);
                    db.ChangeTracker.Clear();
                    (more, last) = (records.Count == Chunk, records.Count == 0 ? last : records[^1].Id);
                },
                ct);
        }
    }
}
