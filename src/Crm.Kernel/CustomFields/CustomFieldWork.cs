using Crm.Kernel.Data;
using Crm.Kernel.Search;
using Crm.Kernel.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Crm.Kernel.CustomFields;

/// <summary>What takes longer than a save: the index of a listed field, the search documents of a field that search begins or ceases to know. Begun anew after a restart; doing it twice does no harm.</summary>
internal sealed partial class CustomFieldWork(IServiceProvider services, TimeProvider clock, ILogger<CustomFieldWork> log) : BackgroundService
{
    private const int Chunk = 200;
    private readonly SemaphoreSlim _wake = new(1);
    private readonly SemaphoreSlim _one = new(1);

    /// <summary>Says that there may be something to do.</summary>
    public void Wake()
    {
        if (_wake.CurrentCount == 0)
            _wake.Release();
    }

    /// <summary>Does what is to be done now, one at a time.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        await _one.WaitAsync(ct);
        try
        {
            await WorkAsync(ct);
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task WorkAsync(CancellationToken ct)
    {
        while (await NextAsync(ct) is { } field)
        {
            await using var scope = services.CreateAsyncScope();
            var actor = scope.ServiceProvider.GetRequiredService<Actor>();
            (actor.IsSystem, actor.Door, actor.What) = (true, "job", $"Prepared the field {field.Label}");
            var db = scope.ServiceProvider.GetRequiredService<KernelDb>();
            await db.WriteAsync(inner => CustomIndexes.SortedAsync(db, field, inner), ct);
            var set = services.GetRequiredService<CustomFieldSet>();
            if (field.Formula.Length > 0 && set.FormulasOf(field.Kind) is { } formulas && services.GetRequiredService<Records.RecordTypes>().Find(field.Kind) is { } type)
                await Records.RecordSweep.Of(type).RunAsync(db, type, formulas.Compute, ct);
            if (field.IsSearchPending)
                await SearchAsync(scope.ServiceProvider, db, field, ct);
            await DoneAsync(db, field, ct);
        }

        await services.GetRequiredService<CustomFieldSet>().ReloadAsync(ct);
        await services.GetRequiredService<Modules.NodeSignal>().TellAsync(ct);
    }

    public override void Dispose()
    {
        _wake.Dispose();
        _one.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var isFirst = true; !stoppingToken.IsCancellationRequested;)
        {
            try
            {
                if (isFirst)
                    await EnsureIndexesAsync(stoppingToken);
                isFirst = false;
                await _wake.WaitAsync(stoppingToken);
                if (await NextAsync(stoppingToken) is not null)
                    await RunAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                LogFailed(failure);
                await Task.Delay(TimeSpan.FromSeconds(30), clock, stoppingToken);
                Wake();
            }
        }
    }

    // A database that was put back from a backup may lack them.
    private async Task EnsureIndexesAsync(CancellationToken ct)
    {
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Actor>().IsSystem = true;
        var db = scope.ServiceProvider.GetRequiredService<KernelDb>();
        foreach (var field in await db.Set<CustomField>().AsNoTracking().Where(f => f.IsUnique || f.IsListed).ToListAsync(ct))
        {
            if (field.IsUnique)
                await db.WriteAsync(inner => CustomIndexes.UniqueAsync(db, field, inner), ct);
            if (field is { IsListed: true, IsPending: false })
                await db.WriteAsync(inner => CustomIndexes.SortedAsync(db, field, inner), ct);
        }
    }

    private async Task<CustomField?> NextAsync(CancellationToken ct)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<KernelDb>>().CreateDbContextAsync(ct);
        return await db.Set<CustomField>().AsNoTracking().Where(f => f.IsPending || f.IsSearchPending).OrderBy(f => f.Id).FirstOrDefaultAsync(ct);
    }

    // The documents are written by the field as it is now, which the set must know.
    private static async Task SearchAsync(IServiceProvider scope, KernelDb db, CustomField field, CancellationToken ct)
    {
        await scope.GetRequiredService<CustomFieldSet>().ReloadAsync(ct);
        var search = scope.GetRequiredService<SearchWriter>();
        var last = Guid.Empty;
        for (var count = Chunk; count == Chunk;)
        {
            await db.WriteAsync(
                async inner =>
                {
                    var ids = await db.Records.Where(r => r.Kind == field.Kind && r.Id.CompareTo(last) > 0).OrderBy(r => r.Id).Take(Chunk).Select(r => r.Id).ToListAsync(inner);
                    await search.PutAsync(db, ids, inner);
                    (count, last) = (ids.Count, ids.Count == 0 ? last : ids[^1]);
                },
                ct);
        }
    }

    // What was said in the meantime is done in the next round.
    private static Task DoneAsync(KernelDb db, CustomField done, CancellationToken ct) => db.WriteAsync(
        async inner =>
        {
            var field = await db.Set<CustomField>().FirstAsync(f => f.Id == done.Id, inner);
            if ((field.IsListed, field.Formula, field.RetiredAt is null) == (done.IsListed, done.Formula, done.RetiredAt is null))
                field.IsPending = false;
            if (field.IsSearched == done.IsSearched)
                field.IsSearchPending = false;
        },
        ct);

    [LoggerMessage(LogLevel.Error, "A field's index could not be made; trying again in half a minute.")]
    private partial void LogFailed(Exception failure);
}
