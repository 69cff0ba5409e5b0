using System.Threading.Channels;
using Crm.Abstractions.Search;
using Crm.Kernel.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Crm.Kernel.Search;

/// <summary>Drops what removed documents left inside the index, in steps that leave the writer to others in between. After the unit that asked for it.</summary>
internal sealed partial class SettleIndex(IDbContextFactory<KernelDb> databases, ISearchIndex index, WriterGate gate, ILogger<SettleIndex> log) : BackgroundService
{
    private readonly Channel<bool> _bell = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Asks for it.</summary>
    public void Wake() => _bell.Writer.TryWrite(true);

    public async Task RunAsync(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.Database.OpenConnectionAsync(ct);
        var more = true;
        for (var isFirst = true; more; isFirst = false)
        {
            using var pass = await gate.EnterAsync(ct);
            more = await index.SettleAsync(db.Database.GetDbConnection(), isFirst, ct);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var _ in _bell.Reader.ReadAllAsync(stoppingToken))
        {
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

    [LoggerMessage(LogLevel.Error, "What removed documents left inside the search index could not be dropped; the next removal tries again.")]
    private partial void LogFailed(Exception failure);
}
