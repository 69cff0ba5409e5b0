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
        if (!database.IsSqlite)
            throw new CommandFailure("A backup of PostgreSQL comes in a later version: use pg_dump for now.");
        var copy = Path.Combine(database.Directory, $"backup-{Guid.CreateVersion7():N}.tmp");
        try
        {
            await SqliteCopy.MakeAsync(database.ConnectionString, copy, ct);
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
}
