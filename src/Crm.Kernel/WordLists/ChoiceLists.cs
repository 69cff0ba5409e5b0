using System.Collections.Frozen;
using Crm.Abstractions.Records;
using Crm.Kernel.Data;
using Crm.Kernel.Modules;
using Crm.Kernel.Records;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.WordLists;

/// <summary>The lists of words: what modules began them with, and what administrators made of them. Read at start and whenever one saves.</summary>
internal sealed class ChoiceLists(IEnumerable<ChoiceList> lists, IServiceProvider services) : IChoices, IReloaded
{
    private readonly ReadOrder _order = new();
    private volatile FrozenDictionary<string, IReadOnlyList<FieldOption>> _now = lists.ToFrozenDictionary(l => l.Name, l => l.Defaults, StringComparer.Ordinal);

    public IReadOnlyList<ChoiceList> All { get; } = [.. lists];

    public IReadOnlyList<FieldOption> Of(string list) =>
        _now.TryGetValue(list, out var options) ? options : throw new ArgumentException($"No module has a list '{list}'.", nameof(list));

    public async Task ReloadAsync(CancellationToken ct)
    {
        var read = _order.Begin();
        await using var db = await services.GetRequiredService<IDbContextFactory<KernelDb>>().CreateDbContextAsync(ct);
        var rows = (await db.Set<Choice>().AsNoTracking().OrderBy(c => c.Rank).ToListAsync(ct)).ToLookup(c => c.List, StringComparer.Ordinal);
        _order.Keep(read, () => Take(rows));
    }

    private void Take(ILookup<string, Choice> rows)
    {
        _now = All.ToFrozenDictionary(l => l.Name, l => Merge(l.Defaults, rows[l.Name].ToList()), StringComparer.Ordinal);
        // Asked for here: a record type may ask for the lists when it is made.
        foreach (var type in services.GetRequiredService<RecordTypes>().All)
        {
            foreach (var (list, options) in _now)
                type.Offer(list, options);
        }
    }

    // What a later version of the module adds comes after what the administrators have.
    private static IReadOnlyList<FieldOption> Merge(IReadOnlyList<FieldOption> defaults, List<Choice> rows) => rows.Count == 0
        ? defaults
        : [.. rows.Select(r => new FieldOption(r.Value, r.Label, r.Colour) { Icon = r.Icon, IsRetired = r.RetiredAt is not null }), .. defaults.Where(d => !rows.Exists(r => r.Value == d.Value))];
}
