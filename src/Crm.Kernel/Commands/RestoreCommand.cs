using Crm.Kernel.Backup;
using Crm.Kernel.Data;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Commands;

/// <summary>Brings a backup back.</summary>
internal sealed class RestoreCommand : CrmCommand
{
    public override string Name => "restore";

    public override string Summary => "Brings a backup back in place of the data, after checking it. Not while a server runs.";

    public override CommandPlace Place => CommandPlace.Alone;

    public override IReadOnlyList<CommandInput> Inputs =>
    [
        new("file", InputKind.FileIn, "The backup.", IsRequired: true, IsArgument: true),
        new("force", InputKind.Flag, "Replaces data that is there."),
    ];

    public override async Task RunAsync(CommandRun run, CancellationToken ct)
    {
        var database = run.Services.GetRequiredService<DatabaseOptions>();
        using var backup = await BackupFile.TakeAsync(run, database, ct);
        await run.NoteAsync("Checking the backup …", ct);
        if (await backup.CheckAsync(ct) is { Count: > 0 } faults)
            throw new CommandFailure($"The backup is not whole, so nothing was changed. {faults[0]}");
        if (await backup.IsArchiveAsync(ct) == database.IsSqlite)
            throw new CommandFailure($"The backup is of {(database.IsSqlite ? "PostgreSQL" : "SQLite")}, and the settings name the other: set Database:Provider.");
        await run.NoteAsync("Restoring …", ct);
        if (database.IsSqlite)
            await ActivatorUtilities.CreateInstance<RestoreSqlite>(run.Services).RunAsync(backup.FilePath, run.Has("force"), ct);
        else
            await ActivatorUtilities.CreateInstance<RestorePostgres>(run.Services).RunAsync(backup.FilePath, run.Has("force"), t => run.NoteAsync(t, ct), ct);
        run.Result = new { restored = true };
        await run.SayAsync("restored", ct);
    }
}
