using Crm.Kernel.Data;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Crm.Kernel.Modules;

/// <summary>Tells the other nodes on the same PostgreSQL that switches or settings were saved, and hears it from them. One node on SQLite has nobody to tell.</summary>
internal sealed partial class NodeSignal(DatabaseOptions options, IEnumerable<IReloaded> snapshots, TimeProvider clock, ILogger<NodeSignal> log) : BackgroundService
{
    private const string Channel = "crm_switches";
    private static readonly TimeSpan _look = TimeSpan.FromSeconds(30);

    public async Task TellAsync(CancellationToken ct)
    {
        if (options.IsSqlite)
            return;
        await using var connection = new NpgsqlConnection(options.ConnectionString);
        await connection.OpenAsync(ct);
        await using var notify = new NpgsqlCommand($"NOTIFY {Channel}", connection);
        await notify.ExecuteNonQueryAsync(ct);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!options.IsSqlite && !stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                LogLost(failure);
                await Task.Delay(TimeSpan.FromSeconds(5), clock, stoppingToken);
            }
        }
    }

    private async Task ListenAsync(CancellationToken ct)
    {
        // Kept apart from the pool: it waits for as long as the node lives.
        var settings = new NpgsqlConnectionStringBuilder(options.ConnectionString) { Pooling = false, KeepAlive = 30 };
        await using var connection = new NpgsqlConnection(settings.ConnectionString);
        await connection.OpenAsync(ct);
        await using (var listen = new NpgsqlCommand($"LISTEN {Channel}", connection))
            await listen.ExecuteNonQueryAsync(ct);
        while (true)
        {
            // Also when the connection is new: something may have been said while there was none.
            foreach (var snapshot in snapshots)
                await snapshot.ReloadAsync(ct);
            // A node that ended between its commit and its word told nobody: what it saved is read a little later.
            await connection.WaitAsync(_look, ct);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The other nodes can't be heard; trying again.")]
    private partial void LogLost(Exception failure);
}
