using System.Linq.Expressions;
using Crm.Abstractions.Records;
using Crm.Kernel.Data;
using Crm.Kernel.Filters;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.Records;

/// <summary>Makes views of loaded records: links named in one batch, contributed values by one query.</summary>
internal sealed class RecordViews<T>(KernelDb db, RecordTypes types, LinkNames names)
    where T : class, IRecord
{
    /// <summary>What must be loaded with records for their fields to be read.</summary>
    public static IEnumerable<string> Needed(RecordType type, IReadOnlyList<RecordField> fields) => type.Includes.Where(path =>
    {
        var first = path.Split('.')[0];
        return fields.Any(f => f.ContributedBy is null && (f.Column is null || Mentions.In(f.Column, first)));
    });

    public async Task<IReadOnlyList<RecordView>> OfAsync(IReadOnlyList<T> records, IReadOnlyList<RecordField> fields, CancellationToken ct)
    {
        if (records.Count == 0)
            return [];
        var ids = records.Select(r => r.Id).ToList();
        var contributed = fields.Where(f => f.ContributedBy is not null).ToList();
        var values = contributed.Count == 0 ? [] : await ContributedAsync(contributed, ids, ct);
        var raw = records.Select(r => fields.ToDictionary(f => f.Name, f =>
            DoorValue.Of(f.ContributedBy is null ? f.Read(r) : values.GetValueOrDefault(r.Id)?[contributed.IndexOf(f)]))).ToList();
        var links = await LinksAsync(fields, raw, ct);
        var deciders = await names.RecordsAsync(records.Where(HasNoPage).Select(r => r.Spine.DecidedById!.Value), ct);
        return records.Select((r, i) => new RecordView(
            r.Id, r.Spine.Kind, r.Spine.Title, UrlOf(r, deciders), r.Spine.Version, r.Spine.CreatedAt.ToUniversalTime(), r.Spine.UpdatedAt.ToUniversalTime(),
            fields.ToDictionary(f => f.Name, f => Shown(f, raw[i][f.Name], links))) { ErasedAt = r.Spine.ErasedAt }).ToList();
    }

    private static object? Shown(RecordField field, object? value, Dictionary<(FieldKind, Guid), LinkView> links) =>
        value switch
        {
            Guid id => Named(field, id, links),
            IReadOnlyList<Guid> ids => ids.Select(id => Named(field, id, links)).ToList(),
            _ => value,
        };

    private static LinkView Named(RecordField field, Guid id, Dictionary<(FieldKind, Guid), LinkView> links) =>
        links.GetValueOrDefault((One(field.Kind), id)) ?? LinkNames.Hidden(field, id);

    // Several records are named as one is.
    private static FieldKind One(FieldKind kind) => kind switch { FieldKind.Links => FieldKind.Link, FieldKind.Users => FieldKind.User, _ => kind };

    private async Task<Dictionary<(FieldKind, Guid), LinkView>> LinksAsync(
        IReadOnlyList<RecordField> fields, List<Dictionary<string, object?>> raw, CancellationToken ct)
    {
        var links = new Dictionary<(FieldKind, Guid), LinkView>();
        foreach (var group in fields.Where(f => f.Kind is FieldKind.Link or FieldKind.Links or FieldKind.User or FieldKind.Users or FieldKind.Department).GroupBy(f => One(f.Kind)))
        {
            var ids = group.SelectMany(f => raw.Select(r => r[f.Name])).SelectMany(v => v switch { Guid id => [id], IReadOnlyList<Guid> several => several, _ => [] });
            var named = group.Key == FieldKind.Link ? await names.RecordsAsync(ids, KindsOf(group), ct) : await names.OfAsync(group.Key, ids, ct);
            foreach (var (id, link) in named)
                links[(group.Key, id)] = link;
        }

        return links;
    }

    // What a field of one's own may point to can change, and what it pointed to before is named all the same.
    private IReadOnlyCollection<string>? KindsOf(IEnumerable<RecordField> links)
    {
        var kinds = new HashSet<string>(StringComparer.Ordinal);
        foreach (var field in links)
        {
            if (field.IsCustom || field.LinkKinds.Count == 0 || field.LinkKinds.Any(k => types.Find(k) is not { IsUnion: false }))
                return null;
            kinds.UnionWith(field.LinkKinds);
        }

        return kinds;
    }

    private async Task<Dictionary<Guid, object?[]>> ContributedAsync(List<RecordField> fields, List<Guid> ids, CancellationToken ct)
    {
        var row = Expression.Parameter(typeof(T), "r");
        var values = fields.Select(f => Expression.Convert(Columns.Of(f.Column!, row), typeof(object)));
        var both = Expression.MemberInit(
            Expression.New(typeof(IdValues)),
            Expression.Bind(typeof(IdValues).GetProperty(nameof(IdValues.Id))!, Expression.Property(row, nameof(IRecord.Id))),
            Expression.Bind(typeof(IdValues).GetProperty(nameof(IdValues.Values))!, Expression.NewArrayInit(typeof(object), values)));
        return await db.Set<T>().AsNoTracking().Where(r => ids.Contains(r.Id))
            .Select(Expression.Lambda<Func<T, IdValues>>(both, row)).ToDictionaryAsync(p => p.Id, p => p.Values, ct);
    }

    private bool HasNoPage(T record) => record.Spine.DecidedById is not null && types.Find(record.Spine.Kind)?.HasPages != true;

    private string UrlOf(T record, Dictionary<Guid, LinkView> deciders) =>
        HasNoPage(record) && deciders.GetValueOrDefault(record.Spine.DecidedById!.Value)?.Url is { } url
            ? url
            : types.Find(record.Spine.Kind)?.UrlOf(record.Id) ?? "";
}

/// <summary>A record's contributed values.</summary>
internal sealed class IdValues
{
    public Guid Id { get; init; }

    public object?[] Values { get; init; } = [];
}

/// <summary>Looks for a member's name in an expression.</summary>
internal sealed class Mentions(string name) : ExpressionVisitor
{
    private bool _found;

    public static bool In(Expression expression, string name)
    {
        var visitor = new Mentions(name);
        visitor.Visit(expression);
        return visitor._found;
    }

    protected override Expression VisitMember(MemberExpression node)
    {
        _found |= string.Equals(node.Member.Name, name, StringComparison.Ordinal);
        return base.VisitMember(node);
    }
}
