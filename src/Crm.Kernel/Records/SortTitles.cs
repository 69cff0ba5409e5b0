using Crm.Kernel.Data;
using Crm.Kernel.Settings;
using Microsoft.EntityFrameworkCore;
using Quartz;

namespace Crm.Kernel.Records;

/// <summary>Makes the sort keys anew where they were made for another language, or by another version of its rules. Until it ends, old and new stand mixed.</summary>
internal sealed class SortTitles(KernelDb db, RecordTypes types, TitleKeys keys) : IJob
{
    private const string Mark = "Titles:Keys";

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var rules = keys.Rules;
        if (await db.Set<Setting>().AsNoTracking().Where(s => s.Name == Mark).Select(s => s.Value).FirstOrDefaultAsync(cancellationToken) == rules)
        {
            context.Result = "in order";
            return;
        }

        var count = 0L;
        foreach (var type in types.All.Where(t => !t.IsUnion))
            count += await RecordSweep.Of(type).RunAsync(db, type, record => record.Spine.SortKey = keys.SortKeyOf(type, record), cancellationToken);
        await MarkAsync(rules, cancellationToken);
        context.Result = $"{count} sorted";
    }

    /// <summary>Notes that there is no record yet whose key could be an old one.</summary>
    public async Task MarkEmptyAsync(CancellationToken ct)
    {
        // A command may have brought records in before the site was set up.
        if (!await db.Records.AnyAsync(ct))
            await MarkAsync(keys.Rules, ct);
    }

    private Task MarkAsync(string rules, CancellationToken ct) => db.WriteAsync(
        async inner =>
        {
            var mark = await db.Set<Setting>().FirstOrDefaultAsync(s => s.Name == Mark, inner);
            if (mark is null)
                db.Add(mark = new Setting { Name = Mark });
            mark.Value = rules;
            // No choice of anybody's: it makes no history.
            db.ChangeTracker.DetectChanges();
            await db.FlushAsync(inner);
            db.ChangeTracker.Clear();
        },
        ct);
}
