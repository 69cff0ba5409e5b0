using Crm.Kernel.Security;
using Crm.Kernel.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Crm.Kernel.Removal;

/// <summary>Empties the bin of what is older than the setting says, some minutes after the start and then once a day; never where the setting says nothing.</summary>
internal sealed partial class PurgeDaily(IServiceScopeFactory scopes, SiteSettings settings, TimeProvider clock, ILogger<PurgeDaily> log) : BackgroundService
{
    private static readonly TimeSpan _first = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var pause = _first; ; pause = TimeSpan.FromDays(1))
        {
            await Task.Delay(pause, clock, stoppingToken);
            try
            {
                await RunAsync(stoppingToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                LogFailed(failure);
            }
        }
    }

    /// <summary>Does what the setting says; says how many records went.</summary>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        if (settings.Now.BinDays is not { } days)
            return 0;
        await using var scope = scopes.CreateAsyncScope();
        var actor = scope.ServiceProvider.GetRequiredService<Actor>();
        (actor.IsSystem, actor.Door) = (true, "job");
        return await scope.ServiceProvider.GetRequiredService<PurgeOld>().RunAsync(days, null, ct);
    }

    [LoggerMessage(LogLevel.Error, "The bin could not be emptied; trying again tomorrow.")]
    private partial void LogFailed(Exception failure);
}
