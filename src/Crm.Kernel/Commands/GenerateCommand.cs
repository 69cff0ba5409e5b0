using System.Diagnostics;
using Crm.Kernel.Generate;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Commands;

/// <summary>Fills the database for load tests.</summary>
internal sealed class GenerateCommand : CrmCommand
{
    public override string Name => "generate";

    public override string Summary => "Fills the database with believable data for load tests. Not for a database in use.";

    public override IReadOnlyList<CommandInput> Inputs =>
    [
        new("contacts", InputKind.Number, "How many people and organisations."),
        new("notes", InputKind.Number, "How many notes about them."),
        new("seed", InputKind.Number, "The same number makes the same data; 1 where not given."),
    ];

    public override async Task RunAsync(CommandRun run, CancellationToken ct)
    {
        var (contacts, notes) = (run.Number("contacts") ?? 0, run.Number("notes") ?? 0);
        if (contacts == 0 && notes == 0)
            throw new CommandFailure("Say how many: --contacts N, --notes N.", CommandFailure.WrongUsage);
        var started = Stopwatch.GetTimestamp();
        var made = await run.Services.GetRequiredService<GenerateCompany>().RunAsync(
            contacts, notes, (int)((run.Number("seed") ?? 1) % int.MaxValue), (what, n, total) => run.ProgressAsync(what, n, total, ct), ct);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        run.Result = new { made.Contacts, made.Notes, made.Rows, seconds, rowsPerSecond = made.Rows / seconds };
        await run.SayAsync($"generated {made.Contacts} contacts and {made.Notes} notes: {made.Rows} rows in {seconds:F1} s", ct);
    }
}
