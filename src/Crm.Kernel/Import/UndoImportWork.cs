using Crm.Abstractions.Security;
using Crm.Kernel.Bulk;
using Crm.Kernel.Data;
using Crm.Kernel.Records;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.Import;

/// <summary>What the undo of an import is told.</summary>
internal sealed record UndoneImport(Guid Import);

/// <summary>Takes an import back, chunk by chunk: what it changed first, then what it made: the imported kind before what was made because its rows named it.</summary>
internal sealed class UndoImportWork(RecordTypes types, KernelDb db) : IBulkWork
{
    public const string Name = "undo-import";
    private const string Restore = "restore";
    private const string Left = "left";
    private const string Imported = "imported";
    private const string Others = "others";

    public string Kind => Name;

    public string? Permission => CorePermissions.ImportRecords.Name;

    public string? Undo => null;

    public async Task<BulkBatch> NextAsync(IServiceProvider scope, BulkAct act, int take, CancellationToken ct)
    {
        var (phase, last) = Read(act.Cursor);
        if (phase == Left)
            return new BulkBatch([], Imported);
        var import = await ImportAsync(act, ct);
        var rows = await RowsAsync(import.Id, phase != Restore, last, take, ct);
        if (rows.Count == 0)
            return phase switch { Restore => new BulkBatch([], Left), Imported => new BulkBatch([], Others), _ => BulkBatch.End };
        // The newest first, so that a record which several rows changed goes back step by step.
        var items = phase == Restore
            ? rows.Select(r => new BulkItem(r.Row.Id, $"{phase} {r.Row.Id}"))
            : rows.Where(r => r.Kind == import.Kind == (phase == Imported)).Select(r => new BulkItem(r.Row.RecordId, $"{phase} {r.Row.Id}"));
        return new BulkBatch([.. items], $"{phase} {rows[^1].Row.Id}");
    }

    public async Task<BulkTally> RunAsync(IServiceProvider scope, BulkAct act, BulkBatch batch, CancellationToken ct)
    {
        var (phase, _) = Read(act.Cursor);
        var (result, ids) = (new UndoResult(), batch.Ids);
        var import = await ImportAsync(act, ct);
        var removal = new UndoRemoval(types, import.ActId, act.ActId);
        if (phase == Left)
            (await removal.RunLeftAsync(scope, import.Id, ct))();
        else if (phase == Restore)
            await RestoreAsync(scope, ids, result, ct);
        else if (ids.Count > 0)
            (await removal.RunAsync(scope, ids, result, ct))();
        return Write(act, result);
    }

    public async Task<BulkTally> RefusedAsync(IServiceProvider scope, BulkAct act, BulkBatch batch, string reason, CancellationToken ct)
    {
        var result = new UndoResult();
        // Something hangs on it: the bin keeps both.
        if (Read(act.Cursor).Phase is Imported or Others)
        {
            await UndoRemoval.BinAsync(scope, batch.Items[0].Id, result, ct);
            return Write(act, result);
        }

        var record = await db.Set<ImportedRow>().Where(r => r.Id == batch.Items[0].Id).Select(r => r.RecordId).FirstAsync(ct);
        result.Kept.Add(new KeptRecord(record, "", reason));
        return Write(act, result);
    }

    public async Task EndAsync(IServiceProvider scope, BulkAct act, CancellationToken ct)
    {
        var import = act.Told<UndoneImport>().Import;
        (await db.Set<Import>().FirstAsync(i => i.Id == import, ct)).Progress = ImportProgress.Undone;
    }

    private async Task RestoreAsync(IServiceProvider scope, List<Guid> ids, UndoResult result, CancellationToken ct)
    {
        var rows = await db.Set<ImportedRow>().AsNoTracking().Where(r => ids.Contains(r.Id)).OrderByDescending(r => r.Id)
            .Select(r => new { Row = r, Kind = db.Records.Where(k => k.Id == r.RecordId).Select(k => k.Kind).FirstOrDefault() }).ToListAsync(ct);
        foreach (var group in rows.GroupBy(r => r.Kind ?? "", StringComparer.Ordinal))
        {
            if (types.Find(group.Key) is { } type)
                await UndoChunk.Of(type).RestoreAsync(scope, [.. group.Select(g => g.Row)], result, ct);
        }
    }

    private BulkTally Write(BulkAct act, UndoResult result)
    {
        db.AddRange(result.Kept.Select(k => new BulkRow { BulkId = act.Id, RecordId = k.Id, Reason = k.Field.Length > 0 ? $"{k.Field}: {k.Reason}" : k.Reason }));
        return new BulkTally { Done = result.Restored + result.Removed + result.Binned, Failed = result.Kept.Count };
    }

    private async Task<List<(ImportedRow Row, string Kind)>> RowsAsync(Guid import, bool isCreated, Guid? last, int take, CancellationToken ct)
    {
        var rows = db.Set<ImportedRow>().AsNoTracking().Where(r => r.ImportId == import && r.IsCreated == isCreated);
        if (last is { } id)
            rows = rows.Where(r => r.Id.CompareTo(id) < 0);
        var found = await rows.OrderByDescending(r => r.Id).Take(take)
            .Select(r => new { Row = r, Kind = db.Records.Where(k => k.Id == r.RecordId).Select(k => k.Kind).FirstOrDefault() }).ToListAsync(ct);
        return found.ConvertAll(f => (f.Row, f.Kind ?? ""));
    }

    private async Task<Import> ImportAsync(BulkAct act, CancellationToken ct)
    {
        var id = act.Told<UndoneImport>().Import;
        return await db.Set<Import>().AsNoTracking().FirstAsync(i => i.Id == id, ct);
    }

    private static (string Phase, Guid? Last) Read(string cursor)
    {
        var parts = cursor.Split(' ');
        return (parts[0].Length == 0 ? Restore : parts[0], parts.Length > 1 ? Guid.Parse(parts[1]) : null);
    }
}
