using Crm.Abstractions.Records;
using Crm.Kernel.Data;
using Crm.Kernel.Search;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Bulk;

/// <summary>
/// Brings the index after the rows: the documents of the records that an act moved, and of all that hangs on them,
/// however much that is. It asks what the rows say when it comes to them, so that it never writes an old owner back.
/// </summary>
internal static class TokenPass
{
    /// <summary>The cursor's first word; after it the act's row that is done, and how far among what hangs on the next.</summary>
    public const string Begin = "tokens";

    public static async Task<BulkBatch> NextAsync(KernelDb db, BulkAct act, Guid moved, int take, CancellationToken ct)
    {
        var (after, among) = Read(act.Cursor);
        var rows = await db.Set<BulkRow>().AsNoTracking().Where(r => r.BulkId == moved && r.Id > after && r.Reason == null)
            .OrderBy(r => r.Id).Take(take).Select(r => new { r.Id, r.RecordId }).ToListAsync(ct);
        if (rows.Count == 0)
            return BulkBatch.End;
        if (among is { } part)
            return await PartAsync(db, rows[0].Id, rows[0].RecordId, after, part, take, ct);
        var records = rows.ConvertAll(r => r.RecordId);
        var counts = await db.Records.Where(r => records.Contains(r.DecidedById!.Value)).GroupBy(r => r.DecidedById).Select(g => new { g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.Key!.Value, g => g.Count, ct);
        foreach (var concerned in await db.Set<RecordAbout>().Where(a => records.Contains(a.AboutId)).GroupBy(a => a.AboutId).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(ct))
            counts[concerned.Key] = counts.GetValueOrDefault(concerned.Key) + concerned.Count;
        var (fitting, weight) = (0, 0);
        while (fitting < rows.Count && (weight += 1 + counts.GetValueOrDefault(rows[fitting].RecordId)) <= take)
            fitting++;
        if (fitting == 0)
            return await PartAsync(db, rows[0].Id, rows[0].RecordId, after, Guid.Empty, take, ct);
        var taken = records.Take(fitting).ToList();
        var hanging = counts.Count == 0 ? [] : await db.Records.Where(r => taken.Contains(r.DecidedById!.Value)).Select(r => r.Id).ToListAsync(ct);
        if (counts.Count > 0)
            hanging.AddRange(await db.Set<RecordAbout>().Where(a => taken.Contains(a.AboutId)).Select(a => a.RecordId).ToListAsync(ct));
        return new BulkBatch([.. taken.Concat(hanging).Distinct().Select(id => new BulkItem(id, act.Cursor))], Write(rows[fitting - 1].Id, null));
    }

    public static async Task<BulkTally> RunAsync(IServiceProvider scope, BulkBatch batch, CancellationToken ct)
    {
        var db = scope.GetRequiredService<KernelDb>();
        var ids = batch.Ids;
        if (ids.Count == 0)
            return new BulkTally();
        await scope.GetRequiredService<SearchWriter>().RetokenAsync(db, ids, ct);
        return new BulkTally();
    }

    // More hangs on one record than a chunk takes: it comes in parts.
    private static async Task<BulkBatch> PartAsync(KernelDb db, Guid row, Guid record, Guid before, Guid among, int take, CancellationToken ct)
    {
        var hanging = await db.Records.Where(r => r.DecidedById == record && r.Id > among).OrderBy(r => r.Id).Take(take).Select(r => r.Id).ToListAsync(ct);
        var concerned = await db.Set<RecordAbout>().Where(a => a.AboutId == record && a.RecordId > among).OrderBy(a => a.RecordId).Take(take).Select(a => a.RecordId).ToListAsync(ct);
        var ids = hanging.Concat(concerned).Distinct().OrderBy(id => id, Comparer<Guid>.Create((a, b) => a.CompareTo(b))).Take(take).ToList();
        var items = among == Guid.Empty ? ids.Prepend(record) : ids;
        var isLast = ids.Count < take;
        var cursor = isLast ? Write(row, null) : Write(before, ids[^1]);
        return new BulkBatch([.. items.Select(id => new BulkItem(id, Write(before, among)))], cursor);
    }

    private static (Guid After, Guid? Among) Read(string cursor)
    {
        var parts = cursor.Split(' ');
        return (parts.Length > 1 ? Guid.Parse(parts[1]) : Guid.Empty, parts.Length > 2 ? Guid.Parse(parts[2]) : null);
    }

    private static string Write(Guid after, Guid? among) => among is { } part ? $"{Begin} {after} {part}" : $"{Begin} {after}";
}
