using Crm.Kernel.Search;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Commands;

/// <summary>Writes the search index anew from the data.</summary>
internal sealed class ReindexCommand : CrmCommand
{
    public override string Name => "reindex";

    public override string Summary => "Writes the search index anew. The server may run; what is found stays found.";

    public override IReadOnlyList<CommandInput> Inputs =>
        [new("clear", InputKind.Flag, "Empties the index first, where it is damaged: nothing is found until its turn comes.")];

    public override async Task RunAsync(CommandRun run, CancellationToken ct)
    {
        var done = await run.Services.GetRequiredService<RebuildIndex>().RunAsync(
            run.Has("clear"), (n, total) => run.ProgressAsync("indexing:", n, total, ct), ct);
        run.Result = new { records = done.Written, removed = done.Removed };
        await run.SayAsync($"indexed {done.Written}, removed {done.Removed}", ct);
    }
}
