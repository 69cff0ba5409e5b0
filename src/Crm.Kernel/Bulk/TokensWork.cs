using Crm.Kernel.Audit;
using Crm.Kernel.Data;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Bulk;

/// <summary>
/// Brings the index after records on which much hangs, when they were shared or came to others: in the save itself everybody
/// else who saves would wait for it. What the rows hide stays hidden meanwhile; what they show is found some seconds later.
/// </summary>
internal sealed class TokensWork : IBulkWork
{
    public const string Name = "tokens";

    public string Kind => Name;

    public string? Permission => null;

    public string? Undo => null;

    /// <summary>Adds the act to the unit that runs; the worker finds it after the commit.</summary>
    public static void Begin(KernelDb db, IReadOnlyCollection<Guid> records, DateTimeOffset now)
    {
        const string What = "Let the search follow records that others see now";
        var audit = new AuditAct { At = now, Door = "bulk", What = What };
        var act = new BulkAct { Kind = Name, What = What, At = now, ActId = audit.Id };
        db.AddRange(audit, act);
        db.AddRange(records.Select(r => new BulkRow { BulkId = act.Id, RecordId = r }));
    }

    public Task<BulkBatch> NextAsync(IServiceProvider scope, BulkAct act, int take, CancellationToken ct) =>
        TokenPass.NextAsync(scope.GetRequiredService<KernelDb>(), act, act.Id, take, ct);

    public Task<BulkTally> RunAsync(IServiceProvider scope, BulkAct act, BulkBatch batch, CancellationToken ct) => TokenPass.RunAsync(scope, batch, ct);
}
