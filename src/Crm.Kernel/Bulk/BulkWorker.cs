using Crm.Kernel.Outbox;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Crm.Kernel.Bulk;

/// <summary>Works on what is asked in bulk, a while on each act in turn, so that a long one keeps no short one waiting. The setting <c>Bulk:Work</c> keeps a node out of it.</summary>
internal sealed partial class BulkWorker(BulkRun run, [FromKeyedServices(BulkServices.Bell)] OutboxSignal bell, IConfiguration configuration, ILogger<BulkWorker> log) : BackgroundService
{
    private static readonly TimeSpan _turn = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan _rest = TimeSpan.FromSeconds(3);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!configuration.GetValue("Bulk:Work", true))
            return;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!await TurnAsync(stoppingToken))
                    await bell.WaitAsync(_rest, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                LogLost(failure);
                await Task.Delay(_rest, stoppingToken);
            }
        }
    }

    private async Task<bool> TurnAsync(CancellationToken ct)
    {
        var more = false;
        foreach (var id in await run.OpenAsync(ct))
            more |= await run.WorkAsync(id, _turn, ct);
        return more;
    }

    [LoggerMessage(LogLevel.Warning, "Bulk acts wait: the database can't be reached. Trying again.")]
    private partial void LogLost(Exception failure);
}
