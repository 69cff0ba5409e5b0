using System.Collections.Concurrent;
using System.Threading.Channels;
using Crm.Kernel.Data;
using Crm.Kernel.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Crm.Kernel.Users;

/// <summary>Notes when a token was last used, once an hour at most and after the call: no call waits for it.</summary>
internal sealed partial class TokenUses(IServiceScopeFactory scopes, TimeProvider clock, ILogger<TokenUses> log) : BackgroundService
{
    private static readonly TimeSpan _often = TimeSpan.FromHours(1);
    private readonly Channel<(Guid Token, DateTimeOffset At)> _used = Channel.CreateBounded<(Guid, DateTimeOffset)>(new BoundedChannelOptions(1_000) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly ConcurrentDictionary<Guid, DateTimeOffset> _noted = new();

    /// <summary>Tells that a token was used now.</summary>
    public void Note(ApiToken token)
    {
        var now = clock.GetUtcNow();
        if (now - token.LastUsedAt < _often || (_noted.TryGetValue(token.Id, out var at) && now - at < _often))
            return;
        _noted[token.Id] = now;
        _used.Writer.TryWrite((token.Id, now));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var (token, at) in _used.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await KeepAsync(token, at, stoppingToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                LogFailed(failure);
            }
        }
    }

    private async Task KeepAsync(Guid id, DateTimeOffset at, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Actor>().IsSystem = true;
        var db = scope.ServiceProvider.GetRequiredService<KernelDb>();
        if (await db.Set<ApiToken>().FirstOrDefaultAsync(t => t.Id == id, ct) is not { } token)
            return;
        token.LastUsedAt = at;
        await db.SaveChangesAsync(ct);
    }

    [LoggerMessage(LogLevel.Warning, "When a token was last used could not be noted.")]
    private partial void LogFailed(Exception failure);
}
