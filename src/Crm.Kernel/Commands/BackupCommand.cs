using Crm.Kernel.Backup;
using Crm.Kernel.Data;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Commands;

/// <summary>Writes one consistent file with everything, while the server runs.</summary>
internal sealed class BackupCommand : CrmCommand
{
    public override string Name => "backup";

    public override string Summary => "Writes everything into one consistent file, while the server runs.";

    public override IReadOnlyList<CommandInput> Inputs => [new("file", InputKind.FileOut, "The file to write.", IsRequired: true, IsArgument: true)];

    public override async Task RunAsync(CommandRun run, CancellationToken ct)
    {
        var database = run.Services.GetRequiredService<DatabaseOptions>();
        var copy = Path.Combine(database.Directory, $"backup-{Guid.CreateVersion7():N}.tmp");
        try
        {
            await MakeAsync(run, database, copy, ct);
            await using var file = new FileStream(copy, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, useAsync: true);
            await using var output = run.OpenOutput("file");
            var buffer = new byte[1 << 16];
            for (int count; (count = await file.ReadAsync(buffer, ct)) > 0;)
            {
                await output.WriteAsync(buffer.AsMemory(0, count), ct);
                await run.ProgressAsync("writing bytes:", file.Position, file.Length, ct);
            }

            run.Result = new { bytes = file.Length };
            await run.NoteAsync($"Wrote {file.Length:N0} bytes.", ct);
        }
        finally
        {
            File.Delete(copy);
        }
    }

    private static async Task MakeAsync(CommandRun run, DatabaseOptions database, string path, CancellationToken ct)
    {
        if (database.IsSqlite)
        {
            await SqliteCopy.MakeAsync(database.ConnectionString, path, ct);
            return;
        }

        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16, useAsync: true);
        await PostgresBackup.WriteAsync(database.ConnectionString, file, run.Services.GetRequiredService<TimeProvider>(), t => run.NoteAsync(t, ct), ct);
    }
}
