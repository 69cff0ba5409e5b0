using Crm.Kernel.Data;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Bulk;

/// <summary>Something that an act does next to one record, and where the act goes on after it.</summary>
internal readonly record struct BulkItem(Guid Id, string Cursor);

/// <summary>What an act does next.</summary>
/// <param name="Cursor">Where it goes on after all of them.</param>
/// <param name="IsEnd">True where nothing is left after them.</param>
internal sealed record BulkBatch(IReadOnlyList<BulkItem> Items, string Cursor, bool IsEnd = false)
{
    public static BulkBatch End { get; } = new([], "", IsEnd: true);

    public List<Guid> Ids => [.. Items.Select(i => i.Id)];
}

/// <summary>What a chunk did.</summary>
internal sealed class BulkTally
{
    public long Done { get; set; }

    public long Failed { get; set; }
}

/// <summary>One kind of bulk act. It is asked for the next rows outside any unit, and does them inside one, which may run more than once.</summary>
internal interface IBulkWork
{
    /// <summary>The kind's name, kept with the acts.</summary>
    string Kind { get; }

    /// <summary>The permission without which the act runs no further.</summary>
    string? Permission { get; }

    /// <summary>The kind of act that takes one of this kind back; null where none does.</summary>
    string? Undo { get; }

    Task<BulkBatch> NextAsync(IServiceProvider scope, BulkAct act, int take, CancellationToken ct);

    Task<BulkTally> RunAsync(IServiceProvider scope, BulkAct act, BulkBatch batch, CancellationToken ct);

    /// <summary>Runs for a row that could not be done, in a unit of its own: it is left, and written down with the reason.</summary>
    Task<BulkTally> RefusedAsync(IServiceProvider scope, BulkAct act, BulkBatch batch, string reason, CancellationToken ct) =>
        Task.FromResult(BulkFailure.Note(scope.GetRequiredService<KernelDb>(), act, batch, reason));

    /// <summary>Runs in the act's last unit.</summary>
    Task EndAsync(IServiceProvider scope, BulkAct act, CancellationToken ct) => Task.CompletedTask;
}
