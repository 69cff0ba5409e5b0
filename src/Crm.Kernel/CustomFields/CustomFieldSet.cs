using System.Collections.Frozen;
using System.Text.Json;
using Crm.Abstractions.Records;
using Crm.Kernel.CustomFields.Formulas;
using Crm.Kernel.Data;
using Crm.Kernel.Modules;
using Crm.Kernel.Records;
using Crm.Kernel.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.CustomFields;

/// <summary>What administrators decided about fields: read at start and whenever one saves, and handed to the record types, which every door asks.</summary>
internal sealed class CustomFieldSet(RecordTypes types, IServiceProvider services) : IReloaded
{
    private readonly ReadOrder _order = new();

    // A field stays the same object while nothing was said about it: a request that began before a save ends with what it began with.
    private FrozenDictionary<Guid, (string Said, IReadOnlyList<RecordField> Fields)> _made = FrozenDictionary<Guid, (string, IReadOnlyList<RecordField>)>.Empty;
    private volatile FrozenDictionary<string, IReadOnlyList<CustomField>> _byKind = FrozenDictionary<string, IReadOnlyList<CustomField>>.Empty;

    private volatile FrozenSet<string> _searchPending = [];
    private volatile FrozenDictionary<string, FieldFormulas> _formulas = FrozenDictionary<string, FieldFormulas>.Empty;

    /// <summary>The record types that may have custom fields: those with pages and records of their own.</summary>
    public IEnumerable<RecordType> Types => types.All.Where(IsFor);

    public static bool IsFor(RecordType type) => type is { HasPages: true, IsUnion: false };

    /// <summary>The custom fields of a type, in order, retired ones left out.</summary>
    public IReadOnlyList<CustomField> Of(string kind) => _byKind.GetValueOrDefault(kind) ?? [];

    /// <summary>True while documents may hold words of a field that was closed since: they are shown to nobody.</summary>
    public bool IsSearchPending(string kind) => _searchPending.Contains(kind);

    /// <summary>What is computed of a type's records at each save; null where nothing is.</summary>
    public FieldFormulas? FormulasOf(string kind) => _formulas.GetValueOrDefault(kind);

    public async Task ReloadAsync(CancellationToken ct)
    {
        var read = _order.Begin();
        await using var db = await services.GetRequiredService<IDbContextFactory<KernelDb>>().CreateDbContextAsync(ct);
        _searchPending = (await db.Set<CustomField>().Where(f => f.IsSearchPending).Select(f => f.Kind).ToListAsync(ct)).ToFrozenSet(StringComparer.Ordinal);
        var rows = await db.Set<CustomField>().AsNoTracking().Where(f => f.RetiredAt == null).OrderBy(f => f.Rank).ThenBy(f => f.Id).ToListAsync(ct);
        var required = (await db.Set<RequiredField>().AsNoTracking().ToListAsync(ct)).ToLookup(f => f.Kind, f => f.Name, StringComparer.Ordinal);
        var departments = await db.Set<Department>().AsNoTracking().Select(d => new { d.Id, d.ParentId }).ToListAsync(ct);
        var tree = new DepartmentTree(departments.ToLookup(d => d.ParentId, d => d.Id));
        _order.Keep(read, () => Take(rows, required, tree));
    }

    private void Take(List<CustomField> rows, ILookup<string, string> required, DepartmentTree tree)
    {
        var made = new Dictionary<Guid, (string Said, IReadOnlyList<RecordField> Fields)>();
        foreach (var type in Types)
        {
            foreach (var row in rows.Where(r => r.Kind == type.Name))
                made[row.Id] = Make(type, row, tree.Below(row.ReadDepartments()));
            var added = rows.Where(r => r.Kind == type.Name).SelectMany(r => made[r.Id].Fields).ToList();
            type.Configure(added, required[type.Name].ToHashSet(StringComparer.Ordinal));
        }

        _formulas = Types.Select(t => (t.Name, Formulas: FieldFormulas.Of(t, rows.Where(r => r.Kind == t.Name)))).Where(t => t.Formulas is not null)
            .ToFrozenDictionary(t => t.Name, t => t.Formulas!, StringComparer.Ordinal);
        _made = made.ToFrozenDictionary();
        _byKind = rows.GroupBy(r => r.Kind, StringComparer.Ordinal).ToFrozenDictionary(g => g.Key, g => (IReadOnlyList<CustomField>)[.. g], StringComparer.Ordinal);
    }

    private (string Said, IReadOnlyList<RecordField> Fields) Make(RecordType type, CustomField row, IReadOnlyCollection<Guid> departments)
    {
        var said = JsonSerializer.Serialize(new { row, departments });
        return _made.TryGetValue(row.Id, out var known) && known.Said == said
            ? known
            : (said, [.. CustomFieldMaker.Of(type).Make(row, departments)]);
    }
}

/// <summary>Departments with those below them.</summary>
internal sealed class DepartmentTree(ILookup<Guid?, Guid> below)
{
    public IReadOnlyCollection<Guid> Below(IEnumerable<Guid> departments)
    {
        var reached = new HashSet<Guid>();
        var open = new Queue<Guid>(departments);
        while (open.TryDequeue(out var next))
        {
            if (!reached.Add(next))
                continue;
            foreach (var child in below[next])
                open.Enqueue(child);
        }

        return reached;
    }
}
