using System.Text.Json;
using Crm.Abstractions.Jobs;
using Crm.Kernel.Data;
using Crm.Kernel.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Crm.Kernel.Jobs;

/// <summary>Raises what is due, a chunk a unit; what its handlers can't take is set aside and tried again alone.</summary>
internal sealed partial class DueLoop(
    IServiceScopeFactory scopes, IEnumerable<DueFactType> types, OneNode one, TimeProvider clock, ILogger<DueLoop> log) : BackgroundService
{
    private const int Chunk = 100;
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(2);
    private readonly Dictionary<string, Type> _types = types.Select(t => t.Fact).Distinct().ToDictionary(t => t.FullName!, StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var turn = one.Of("due");
        using var timer = new PeriodicTimer(_pause, clock);
        do
        {
            try
            {
                while (await turn.IsMineAsync(stoppingToken) && await RaiseAsync(stoppingToken) == Chunk)
                {
                    // More may be due.
                }
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(failure);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Raises what is due now, a chunk at most; says how many rows were dealt with.</summary>
    public async Task<int> RaiseAsync(CancellationToken ct)
    {
        var ids = await DueAsync(ct);
        if (ids.Count == 0)
            return 0;
        try
        {
            await RaiseAsync(ids, ct);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // One of them spoils the others, or was put off meanwhile: each alone.
            foreach (var id in ids)
                await AloneAsync(id, ct);
        }

        return ids.Count;
    }

    private async Task<List<Guid>> DueAsync(CancellationToken ct)
    {
        await using var scope = Scope();
        var now = clock.GetUtcNow();
        return await Db(scope).Set<DueFact>().Where(d => d.DueAt <= now).OrderBy(d => d.DueAt).Take(Chunk).Select(d => d.Id).ToListAsync(ct);
    }

    private async Task RaiseAsync(IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        await using var scope = Scope();
        var db = Db(scope);
        var now = clock.GetUtcNow();
        foreach (var row in await db.Set<DueFact>().Where(d => ids.Contains(d.Id) && d.DueAt <= now).OrderBy(d => d.DueAt).ToListAsync(ct))
        {
            // A module that is gone left it: it comes back with the module.
            if (!_types.TryGetValue(row.Fact, out var type))
                throw new InvalidOperationException($"No module knows {row.Fact}.");
            db.Raise(JsonSerializer.Deserialize(row.Payload, type)!);
            db.Remove(row);
        }

        await db.SaveChangesAsync(ct);
    }

    private async Task AloneAsync(Guid id, CancellationToken ct)
    {
        try
        {
            await RaiseAsync([id], ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            // Put off, taken back, or raised by another node, at this very moment.
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            LogSetAside(failure, id);
            await SetAsideAsync(id, failure, ct);
        }
    }

    private async Task SetAsideAsync(Guid id, Exception failure, CancellationToken ct)
    {
        await using var scope = Scope();
        var db = Db(scope);
        var now = clock.GetUtcNow();
        if (await db.Set<DueFact>().FirstOrDefaultAsync(d => d.Id == id && d.DueAt <= now, ct) is not { } row)
            return;
        (row.Attempts, row.Error) = (row.Attempts + 1, failure.Message);
        row.DueAt = now.AddSeconds(Math.Min(3600, Math.Pow(2, row.Attempts) * 5));
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            // Put off by somebody else meanwhile.
        }
    }

    private AsyncServiceScope Scope()
    {
        var scope = scopes.CreateAsyncScope();
        var actor = scope.ServiceProvider.GetRequiredService<Actor>();
        (actor.IsSystem, actor.Door) = (true, "job");
        return scope;
    }

    private static KernelDb Db(AsyncServiceScope scope) => scope.ServiceProvider.GetRequiredService<KernelDb>();

    [LoggerMessage(LogLevel.Error, "What is due could not be read; trying again.")]
    private partial void LogFailed(Exception failure);

    [LoggerMessage(LogLevel.Error, "What was due ({Id}) failed; it is tried again.")]
    private partial void LogSetAside(Exception failure, Guid id);
}
