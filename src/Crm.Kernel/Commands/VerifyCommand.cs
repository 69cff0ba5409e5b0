using Crm.Kernel.Backup;
using Crm.Kernel.Data;
using Crm.Kernel.Search;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Commands;

/// <summary>Checks that the data, or a backup, is whole.</summary>
internal sealed class VerifyCommand : CrmCommand
{
    private const int Shown = 50;

    public override string Name => "verify";

    public override string Summary => "Checks the live data (integrity, foreign keys, search index), or the integrity of a backup.";

    public override IReadOnlyList<CommandInput> Inputs => [new("file", InputKind.FileIn, "A backup; the live data where not given.", IsArgument: true)];

    public override async Task RunAsync(CommandRun run, CancellationToken ct)
    {
        var faults = run.Text("file") is null ? await LiveAsync(run, ct) : await BackupAsync(run, ct);
        foreach (var fault in faults.Take(Shown))
            await run.SayAsync(fault, ct);
        run.Result = new { ok = faults.Count == 0, faults };
        if (faults.Count > 0)
            throw new CommandFailure($"{faults.Count} faults were found{(faults.Count > Shown ? $", the first {Shown} are shown" : "")}.");
        await run.SayAsync("ok", ct);
    }

    private static async Task<List<string>> LiveAsync(CommandRun run, CancellationToken ct)
    {
        var db = run.Services.GetRequiredService<KernelDb>();
        await run.NoteAsync("Checking the database …", ct);
        var faults = await Integrity.CheckAsync(db, ct);
        await run.NoteAsync("Comparing the search index with the data …", ct);
        faults.AddRange(await run.Services.GetRequiredService<CompareIndex>().RunAsync((n, total) => run.ProgressAsync("compared:", n, total, ct), ct));
        return faults;
    }

    private static async Task<List<string>> BackupAsync(CommandRun run, CancellationToken ct)
    {
        using var backup = await BackupFile.TakeAsync(run, run.Services.GetRequiredService<DatabaseOptions>(), ct);
        return await backup.CheckAsync(ct);
    }
}
