using System.Text.Json;
using Crm.Kernel.Data;
using Crm.Kernel.Jobs;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Crm.Kernel.Live;

/// <summary>Carries news to the pages that are open on other nodes, and theirs to ours. One node on SQLite has nobody to tell.</summary>
internal sealed partial class LiveRelay(DatabaseOptions options, LiveHub hub, TimeProvider clock, ILogger<LiveRelay> log) : BackgroundService
{
    private const string Channel = "crm_live";

    // A message of PostgreSQL holds 8,000 bytes.
    private const int Longest = 7900;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!options.IsSqlite && !stoppingToken.IsCancellationRequested)
        {
            try
            {
                using var either = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
                var both = await Task.WhenAny(HearAsync(either.Token), TellAsync(either.Token));
                await either.CancelAsync();
                await both;
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

    private async Task HearAsync(CancellationToken ct)
    {
        await using var connection = await OpenAsync(ct);
        connection.Notification += (_, said) =>
        {
            if (JsonSerializer.Deserialize<Said>(said.Payload) is { } heard && heard.Node != JobPlan.Node)
                hub.Deliver(heard.Batch);
        };
        await using (var listen = new NpgsqlCommand($"LISTEN {Channel}", connection))
            await listen.ExecuteNonQueryAsync(ct);
        while (true)
            await connection.WaitAsync(ct);
    }

    private async Task TellAsync(CancellationToken ct)
    {
        await using var connection = await OpenAsync(ct);
        await foreach (var batch in hub.Outgoing.ReadAllAsync(ct))
        {
            var payload = JsonSerializer.Serialize(new Said(JobPlan.Node, batch));
            if (payload.Length > Longest)
                payload = JsonSerializer.Serialize(new Said(JobPlan.Node, batch with { Users = [.. batch.Users.Take(50)] }));
            await using var notify = new NpgsqlCommand("SELECT pg_notify($1, $2)", connection) { Parameters = { new() { Value = Channel }, new() { Value = payload } } };
            await notify.ExecuteNonQueryAsync(ct);
        }
    }

    private async Task<NpgsqlConnection> OpenAsync(CancellationToken ct)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(options.ConnectionString) { Pooling = false, KeepAlive = 30 }.ConnectionString);
        await connection.OpenAsync(ct);
        return connection;
    }

    [LoggerMessage(LogLevel.Warning, "Pages on other nodes can't be told; trying again.")]
    private partial void LogLost(Exception failure);

    /// <summary>A message from node to node.</summary>
    private sealed record Said(string Node, LiveBatch Batch);
}
