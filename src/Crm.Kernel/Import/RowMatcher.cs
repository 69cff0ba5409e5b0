using Crm.Abstractions.Records;
using Crm.Kernel.Data;
using Crm.Kernel.Records;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.Import;

/// <summary>A row with the record made from it, and the one that is there already.</summary>
internal sealed class Pairing<T>(RowDraft draft, T candidate)
    where T : class, IRecord
{
    public RowDraft Draft { get; } = draft;

    public T Candidate { get; } = candidate;

    /// <summary>The record that is there already: its id.</summary>
    public Guid? MatchId { get; set; }

    /// <summary>True where it was found by a natural key though the row has an External ID: it is taken only if it has none.</summary>
    public bool IsAdoption { get; set; }

    /// <summary>What the row's record is known by within the file.</summary>
    public string? Key { get; set; }
}

/// <summary>Finds the records that rows mean, a chunk at a time: by External ID, else by the type's natural keys.</summary>
internal sealed class RowMatcher<T>(KernelDb db, RecordType<T> type, TitleKeys keys, string? only)
    where T : class, IRecord
{
    private const string External = "external_id";

    public static void Check(RecordType<T> type, string? only)
    {
        if (only is null || only == External || type.NaturalKeys.Any(k => k.Name == only))
            return;
        var names = type.NaturalKeys.Select(k => k.Name).Prepend(External);
        throw new ImportRefused($"A {type.Name} can't be matched by '{only}': use {string.Join(", ", names)}.");
    }

    public async Task MatchAsync(IReadOnlyList<Pairing<T>> rows, CancellationToken ct)
    {
        if (only is null or External)
            await ByExternalIdAsync(rows.Where(r => r.Draft.ExternalId is not null).ToList(), ct);
        if (only == External)
            return;
        foreach (var row in rows)
            row.Candidate.Spine.Match = keys.Match(type.TitleOf(row.Candidate));
        foreach (var key in type.NaturalKeys.Where(k => only is null || k.Name == only))
        {
            var open = rows.Where(r => r.MatchId is null && !(r.Key is not null && r.Draft.ExternalId is null) && !r.IsAdoption && r.Draft.IsGood).ToList();
            await ByKeyAsync(key, open, ct);
        }
    }

    private async Task ByExternalIdAsync(List<Pairing<T>> rows, CancellationToken ct)
    {
        var ids = rows.Select(r => r.Draft.ExternalId!).Distinct(StringComparer.Ordinal).ToList();
        var there = await db.Records.AsNoTracking().Where(r => r.Kind == type.Name && r.DeletedAt == null && ids.Contains(r.ExternalId!))
            .ToDictionaryAsync(r => r.ExternalId!, r => r.Id, StringComparer.Ordinal, ct);
        // A file does not bring back what somebody took away: where only the bin has one, the row is refused.
        foreach (var binned in await db.Records.AsNoTracking().Where(r => r.Kind == type.Name && r.DeletedAt != null && ids.Contains(r.ExternalId!))
            .OrderBy(r => r.Id).Select(r => new { r.ExternalId, r.Id }).ToListAsync(ct))
            there.TryAdd(binned.ExternalId!, binned.Id);
        foreach (var row in rows)
        {
            row.Key = "x " + row.Draft.ExternalId;
            row.MatchId = there.TryGetValue(row.Draft.ExternalId!, out var id) ? id : null;
        }
    }

    private async Task ByKeyAsync(NaturalKey<T> key, List<Pairing<T>> rows, CancellationToken ct)
    {
        var keyed = rows.Select(r => (Row: r, Key: key.Of(r.Candidate))).Where(r => r.Key is { Length: > 0 }).ToList();
        if (keyed.Count == 0)
            return;
        var there = await key.FindAsync(db, keyed.Select(k => k.Key!).Distinct(StringComparer.Ordinal).ToList(), ct);
        foreach (var (row, text) in keyed)
        {
            var ids = there[text!].Distinct().Take(2).ToList();
            row.IsAdoption = row.Draft.ExternalId is not null;
            row.Key ??= $"{key.Name} {text}";
            if (ids.Count == 1)
                row.MatchId = ids[0];
            else if (ids.Count > 1 && !row.IsAdoption)
                row.Draft.Refuse("", $"Several records have the same {key.Name}: give an External ID.");
        }
    }
}
