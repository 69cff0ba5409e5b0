using Crm.Abstractions.Records;
using Crm.Kernel.Data;
using Crm.Kernel.Records;
using Crm.Kernel.Security;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.Import;

/// <summary>Finds the records that a chunk's cells name, all at once.</summary>
internal sealed class LinkLookup(KernelDb db, RecordTypes types, TitleKeys keys, Actor actor, ImportState state)
{
    private readonly Dictionary<string, Guid> _found = new(StringComparer.Ordinal);
    private readonly HashSet<string> _ambiguous = new(StringComparer.Ordinal);

    /// <summary>What was found, to be remembered when the chunk is in.</summary>
    public IReadOnlyDictionary<string, Guid> Found => _found;

    public async Task FindAsync(IReadOnlyList<RowDraft> drafts, CancellationToken ct)
    {
        var wanted = drafts.Where(d => d.IsGood).SelectMany(d => d.Links).Where(l => !state.Known.ContainsKey(Key(l.Column, l.Text)));
        foreach (var group in wanted.GroupBy(l => (l.Column.By, Kinds: string.Join(',', Kinds(l.Column)))))
        {
            var column = group.First().Column;
            var texts = group.Select(l => l.Text).Distinct(StringComparer.Ordinal).ToList();
            if (column.By == LinkBy.ExternalId)
                await ByExternalIdAsync(column, texts, ct);
            else
                await ByTitleAsync(column, texts, ct);
        }
    }

    /// <summary>The record that a cell names, or null.</summary>
    public Guid? Of(ImportColumn column, string text) =>
        Key(column, text) is var key && state.Known.TryGetValue(key, out var known) ? known : _found.TryGetValue(key, out var id) ? id : null;

    public bool IsAmbiguous(ImportColumn column, string text) => _ambiguous.Contains(Key(column, text));

    /// <summary>Remembers a record that the chunk itself makes.</summary>
    public void Add(ImportColumn column, string text, Guid id) => _found[Key(column, text)] = id;

    public void Add(string kind, string externalId, Guid id) => _found[ExternalKey(kind, externalId)] = id;

    public static string ExternalKey(string kinds, string externalId) => $"x {kinds} {externalId}";

    public IReadOnlyList<string> Kinds(ImportColumn column) =>
        column.LinkKinds is { Count: > 0 } kinds ? kinds : types.All.Where(t => !t.IsUnion).Select(t => t.Name).ToList();

    private string Key(ImportColumn column, string text) => column.By == LinkBy.ExternalId
        ? ExternalKey(string.Join(',', Kinds(column)), text)
        : $"t {string.Join(',', Kinds(column))} {keys.Match(text)}";

    private async Task<IQueryable<Spine>> RecordsAsync(IReadOnlyList<string> kinds, CancellationToken ct) => actor.IsSystem
        ? db.Records.AsNoTracking().Where(r => r.DeletedAt == null && kinds.Contains(r.Kind))
        : (await db.VisibleRecordsAsync(kinds, ct)).AsNoTracking();

    private async Task ByExternalIdAsync(ImportColumn column, List<string> texts, CancellationToken ct)
    {
        var rows = await (await RecordsAsync(Kinds(column), ct)).Where(r => texts.Contains(r.ExternalId!))
            .Select(r => new { r.Id, r.ExternalId }).ToListAsync(ct);
        foreach (var same in rows.GroupBy(r => r.ExternalId!, StringComparer.Ordinal))
            Note(column, same.Key, same.Select(r => r.Id).ToList());
    }

    private async Task ByTitleAsync(ImportColumn column, List<string> texts, CancellationToken ct)
    {
        var byMatch = texts.ToLookup(keys.Match, StringComparer.Ordinal);
        var matches = byMatch.Select(m => m.Key).ToList();
        var rows = await (await RecordsAsync(Kinds(column), ct)).Where(r => matches.Contains(r.Match))
            .Select(r => new { r.Id, r.Title, r.Match }).ToListAsync(ct);
        foreach (var same in rows.GroupBy(r => r.Match, StringComparer.Ordinal))
        {
            var text = byMatch[same.Key].First();
            var exact = same.Where(r => string.Equals(r.Title, text, StringComparison.Ordinal)).Select(r => r.Id).ToList();
            Note(column, text, exact.Count > 0 ? exact : same.Select(r => r.Id).ToList());
        }
    }

    private void Note(ImportColumn column, string text, List<Guid> ids)
    {
        if (ids.Count == 1)
            _found[Key(column, text)] = ids[0];
        else
            _ambiguous.Add(Key(column, text));
    }
}
