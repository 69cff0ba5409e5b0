using Crm.Kernel.Data;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Commands;

/// <summary>Brings the database up to date, or says what that would do.</summary>
internal sealed class MigrateCommand : CrmCommand
{
    public override string Name => "migrate";

    public override string Summary => "Applies pending migrations, or lists them.";

    public override CommandPlace Place => CommandPlace.Alone;

    public override IReadOnlyList<CommandInput> Inputs => [new("dry-run", InputKind.Flag, "Only lists what would be applied.")];

    public override async Task RunAsync(CommandRun run, CancellationToken ct)
    {
        var migrations = run.Services.GetRequiredService<MigrationRunner>();
        var dry = run.Has("dry-run");
        var steps = dry ? await migrations.PendingAsync(ct) : await migrations.ApplyAsync(ct);
        foreach (var step in steps)
            await run.SayAsync($"{step.Module} {step.Name}", ct);
        await run.NoteAsync(steps.Count == 0 ? "The database is up to date." : dry ? $"{steps.Count} to apply." : $"{steps.Count} applied.", ct);
        run.Result = new { dryRun = dry, steps = steps.Select(s => new { module = s.Module, step = s.Name }) };
    }
}
