using Crm.Kernel.Data;
using Crm.Kernel.RecordPages;
using Crm.Kernel.Records;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.Filters;

/// <summary>Puts the conditions of named segments in their places: a segment is a saved view, one's own or everybody's, and leaves what its reader may see.</summary>
internal sealed class Segments(KernelDb db, string kind, bool isShared = false)
{
    /// <summary>The word of the filter grammar.</summary>
    public const string Word = "segment";

    private const int Deepest = 10;

    // Segments of segments multiply: what a few short texts can ask for has no end.
    private const int MostConditions = 1_000;
    private readonly Dictionary<Guid, (FilterNode Node, int Conditions)> _expanded = [];
    private int _conditions;
    private List<SavedView>? _views;

    /// <summary>The condition that a segment's name stands for.</summary>
    /// <exception cref="BadFilter">There is no such segment, it can't be read, or it contains itself.</exception>
    public Task<FilterNode> NamedAsync(string name, CancellationToken ct) =>
        ExpandAsync(new Comparison(Word, 1, FilterOperator.Eq, [new FilterValue(name, true, 1)]), ct);

    /// <exception cref="BadFilter">There is no such segment, it can't be read, or it contains itself.</exception>
    public async Task<FilterNode> ExpandAsync(FilterNode node, CancellationToken ct) =>
        Mentions(node) ? Expand(node, [], await ViewsAsync(ct)) : node;

    private static bool Mentions(FilterNode node) => node switch
    {
        AllOf all => all.Parts.Any(Mentions),
        AnyOf any => any.Parts.Any(Mentions),
        Comparison one => IsSegment(one),
        _ => false,
    };

    private static bool IsSegment(Comparison one) => string.Equals(one.Field, Word, StringComparison.OrdinalIgnoreCase);

    private FilterNode Expand(FilterNode node, List<Guid> path, List<SavedView> views) => node switch
    {
        AllOf all => new AllOf([.. all.Parts.Select(p => Expand(p, path, views))]),
        AnyOf any => new AnyOf([.. any.Parts.Select(p => Expand(p, path, views))]),
        Comparison one when IsSegment(one) => Of(one, path, views),
        Comparison one => Counted(one, 1, one.Position),
        _ => node,
    };

    private FilterNode Counted(FilterNode node, int conditions, int position) => (_conditions += conditions) <= MostConditions
        ? node
        : throw new BadFilter("The segments in it stand for too many conditions", position);

    private FilterNode Of(Comparison one, List<Guid> path, List<SavedView> views)
    {
        if (one.Operator is not (FilterOperator.Eq or FilterOperator.Ne or FilterOperator.In))
            throw new BadFilter("A segment goes with eq, ne and in", one.Position);
        var parts = one.Values.DistinctBy(v => v.Text, StringComparer.OrdinalIgnoreCase).Select(v => Named(v, one, path, views)).ToList();
        var inside = parts.Count == 1 ? parts[0] : new AnyOf(parts);
        return one.Operator == FilterOperator.Ne ? new NoneOf(inside) : inside;
    }

    private FilterNode Named(FilterValue name, Comparison one, List<Guid> path, List<SavedView> views)
    {
        // One's own goes before everybody's of the same name.
        var view = views.Find(v => string.Equals(v.Name, name.Text, StringComparison.OrdinalIgnoreCase))
            ?? throw new BadFilter($"There is no segment '{name.Text}'", name.Position);
        if (path.Contains(view.Id) || path.Count == Deepest)
            throw new BadFilter($"The segment '{view.Name}' contains itself", name.Position);
        if (_expanded.TryGetValue(view.Id, out var known))
            return new Inside(view.Name, one.Position, Counted(known.Node, known.Conditions, name.Position));
        try
        {
            // All rows, where it says nothing.
            if (FilterParser.Read(view.Filter) is not { } node)
                return new AllOf([]);
            var before = _conditions;
            var inside = Expand(node, [.. path, view.Id], views);
            _expanded[view.Id] = (inside, _conditions - before);
            return new Inside(view.Name, one.Position, inside);
        }
        catch (BadFilter bad) when (path.Count == 0)
        {
            throw new BadFilter($"The segment '{view.Name}' can't be read: {bad.Message}", name.Position);
        }
    }

    private async Task<List<SavedView>> ViewsAsync(CancellationToken ct)
    {
        if (_views is not null)
            return _views;
        var me = isShared ? null : (await db.RightsAsync(ct)).UserId;
        return _views = await db.Set<SavedView>().AsNoTracking().Where(v => v.Kind == kind && (v.OwnerId == null || v.OwnerId == me))
            .OrderBy(v => v.OwnerId == null).ThenBy(v => v.Id).ToListAsync(ct);
    }
}
