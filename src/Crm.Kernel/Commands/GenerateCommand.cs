using System.Diagnostics;
using Crm.Kernel.Data.Sqlite;
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
        new("interactions", InputKind.Number, "How many contacts with them, over two years."),
        new("tasks", InputKind.Number, "How many open tasks about them."),
        new("appointments", InputKind.Number, "How many appointments with them, over a year."),
        new("seed", InputKind.Number, "The same number makes the same data; 1 where not given."),
    ];

    public override async Task RunAsync(CommandRun run, CancellationToken ct)
    {
        var wanted = new Amounts(run.Number("contacts") ?? 0, run.Number("notes") ?? 0, run.Number("interactions") ?? 0, run.Number("tasks") ?? 0, run.Number("appointments") ?? 0);
        if (wanted.All == 0)
            throw new CommandFailure("Say how many: --contacts N, --notes N, --interactions N, --tasks N, --appointments N.", CommandFailure.WrongUsage);
        var started = Stopwatch.GetTimestamp();
        var rows = await run.Services.GetRequiredService<GenerateCompany>().RunAsync(
            wanted, (int)((run.Number("seed") ?? 1) % int.MaxValue), (what, n, total) => run.ProgressAsync(what, n, total, ct), ct);
        await run.Services.GetRequiredService<TableStatistics>().RunAsync(ct);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        run.Result = new { wanted.Contacts, wanted.Notes, wanted.Interactions, wanted.Tasks, wanted.Appointments, rows, seconds, rowsPerSecond = rows / seconds };
        await run.SayAsync($"generated {wanted.Contacts} contacts, {wanted.Notes} notes, {wanted.Interactions} interactions, {wanted.Tasks} tasks and {wanted.Appointments} appointments: {rows} rows in {seconds:F1} s", ct);
    }
}
