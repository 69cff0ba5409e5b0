using Crm.Abstractions.Data;
using Crm.Abstractions.Security;
using Crm.Kernel.Records;
using Crm.Kernel.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Data;

/// <summary>The composed database: the installed modules' mappings, whatever is switched off, and the one way in which everything is saved.</summary>
internal sealed class KernelDb(DbContextOptions<KernelDb> options, DatabaseOptions database, InstalledMappings mappings, IServiceProvider services)
    : CrmDb(options)
{
    private readonly List<object> _facts = [];
    private SaveUnit? _unit;
    private RecordVisibility? _visibility;

    /// <summary>Facts raised and not yet handled.</summary>
    public List<object> Facts => _facts;

    /// <summary>Records whose values this scope forgets: the audit notes that they changed, and not from what to what.</summary>
    public HashSet<Guid> Forgotten { get; } = [];

    public bool IsSqlite => database.IsSqlite;

    /// <summary>Lend it its connection, on SQLite.</summary>
    public Sqlite.SqliteLeases Leases => services.GetRequiredService<Sqlite.SqliteLeases>();

    /// <summary>Names the mappings that the model is made of: models are cached by it.</summary>
    public string ModelName => mappings.Name;

    /// <summary>What is known of people and their rights in this scope.</summary>
    public KnownHere Known => services.GetRequiredService<KnownHere>();

    private RecordVisibility Visibility => _visibility ??= ActivatorUtilities.CreateInstance<RecordVisibility>(services, this);

    public override ValueTask<Rights> RightsAsync(CancellationToken ct) =>
        services.GetRequiredService<ICurrentUser>().RightsAsync(ct);

    public override async Task<IQueryable<T>> VisibleAsync<T>(CancellationToken ct) => await Visibility.OfTypeAsync<T>(isMuch: false, ct);

    /// <summary>The same, for a list that a filter narrows: nobody knows to how much.</summary>
    public async Task<IQueryable<T>> VisibleListAsync<T>(CancellationToken ct)
        where T : class, Abstractions.Records.IRecord => await Visibility.OfTypeAsync<T>(isMuch: true, ct);

    public override async Task<IQueryable<T>> VisibleWholeAsync<T>(CancellationToken ct) => await Visibility.WholeAsync<T>(ct);

    public override async Task<IQueryable<Abstractions.Records.Spine>> VisibleRecordsAsync(IReadOnlyCollection<string> kinds, CancellationToken ct) =>
        await Visibility.OfKindsAsync(kinds, ct);

    public override Task<IQueryable<Abstractions.Records.Spine>> VisibleAmongAsync(IReadOnlyCollection<Guid> ids, CancellationToken ct, IReadOnlyCollection<string>? kinds = null) =>
        Visibility.AmongAsync(ids, kinds, ct);

    public override async Task<IQueryable<Guid>> SharedAsync(CancellationToken ct) => Visibility.Extra(await RightsAsync(ct));

    public override Task<IQueryable<Guid>> SegmentAsync(string kind, string name, IReadOnlyCollection<string> without, bool withBin, CancellationToken ct) =>
        ActivatorUtilities.CreateInstance<Filters.SegmentMembers>(services, this).OfAsync(kind, name, without, withBin, ct);

    /// <summary>The records of a type in the bin, as far as the reader would see them outside it.</summary>
    public Task<IQueryable<Abstractions.Records.Spine>> BinnedAsync(Abstractions.Records.RecordType type, CancellationToken ct) => Visibility.BinnedAsync(type, ct);

    /// <summary>What the reader sees of the kinds, in ranges of the spine's indexes, or null where there is no telling it so.</summary>
    public Task<IReadOnlyList<IQueryable<Abstractions.Records.Spine>>?> VisibleRangesAsync(IReadOnlyCollection<string> kinds, CancellationToken ct) =>
        Visibility.RangesAsync(kinds, ct);

    public override Task<bool> MayAsync(string permission, Abstractions.Records.Spine record, CancellationToken ct) =>
        Visibility.MayAsync(permission, record, ct);

    public override void Raise(object fact) => _facts.Add(fact);

    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        // A save inside a unit (from a handler) only joins it.
        if (_unit is not null)
            return await _unit.JoinAsync(cancellationToken);
        if (!ChangeTracker.HasChanges() && _facts.Count == 0)
            return 0;
        return await RunUnitAsync(serializable: false, null, cancellationToken);
    }

    public override int SaveChanges(bool acceptAllChangesOnSuccess) =>
        throw new NotSupportedException("Save with SaveChangesAsync.");

    public override async Task WriteAsync(Func<CancellationToken, Task> unit, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(unit);
        if (_unit is not null)
        {
            await unit(ct);
            return;
        }

        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await RunUnitAsync(serializable: true, unit, ct);
                return;
            }
            catch (Exception failure) when (attempt < 8 && Failures.IsTransient(failure))
            {
                ChangeTracker.Clear();
                _facts.Clear();
                await Task.Delay(Random.Shared.Next(2, 10 * attempt), ct);
            }
        }
    }

    /// <summary>Writes what is tracked now, inside the unit that runs.</summary>
    public async Task<int> FlushAsync(CancellationToken ct) =>
        (IsSqlite ? await NewRows.InsertAsync(this, ct) : null) ?? await base.SaveChangesAsync(acceptAllChangesOnSuccess: true, ct);

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        Conventions.Types(configurationBuilder, database.IsSqlite);

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        foreach (var mapping in mappings.All)
            mapping.Map(modelBuilder);
        CustomFields.CustomColumn.Map(modelBuilder, database.IsSqlite);
        Conventions.Names(modelBuilder);
    }

    private async Task<int> RunUnitAsync(bool serializable, Func<CancellationToken, Task>? work, CancellationToken ct)
    {
        using var pass = await services.GetRequiredService<WriterGate>().EnterAsync(ct);
        var unit = ActivatorUtilities.CreateInstance<SaveUnit>(services, this);
        _unit = unit;
        try
        {
            return await unit.RunAsync(serializable && !database.IsSqlite, work, ct);
        }
        catch
        {
            _facts.Clear();
            throw;
        }
        finally
        {
            _unit = null;
        }
    }
}

/// <summary>The mappings of the installed modules, and a name for that set. By handle, since a plugin's type has namesakes in other load contexts.</summary>
internal sealed class InstalledMappings(IEnumerable<Mapping> mappings)
{
    public IReadOnlyList<Mapping> All { get; } = mappings.ToList();

    public string Name { get; } = string.Join(',', mappings.Select(m => m.GetType().TypeHandle.Value));
}

/// <summary>Keeps one model per set of modules and provider.</summary>
internal sealed class ModelPerModules : IModelCacheKeyFactory
{
    public object Create(DbContext context, bool designTime) =>
        context is KernelDb db ? (db.GetType(), db.ModelName, db.IsSqlite, designTime) : (object)(context.GetType(), designTime);
}
