using System.Globalization;
using System.Text.Json;
using Crm.Abstractions.Records;
using Crm.Kernel.Data;
using Crm.Kernel.Records;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Bulk;

/// <summary>What a bulk edit is told: what to do, and to which records: these, or all that a filter leaves.</summary>
internal sealed record EditTold(string Type, string Act, string? Name, Dictionary<string, JsonElement> Values, List<Guid>? Ids, string? Filter)
{
    public RecordEdit Edit => new(Act, Name, Values.ToDictionary(v => v.Key, v => Plain(v.Value), StringComparer.Ordinal));

    private static object? Plain(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetDecimal(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Array when value.GetArrayLength() > 0 && value[0].ValueKind == JsonValueKind.Object => value.Deserialize<List<ValueEntry>>(),
        JsonValueKind.Array => value.Deserialize<List<string>>(),
        _ => null,
    };
}

/// <summary>Does the same to many records of a type, through its door.</summary>
internal sealed class EditWork(RecordTypes types, RecordDoors doors, KernelDb db) : IBulkWork
{
    public const string Name = "edit";

    public string Kind => Name;

    // The door asks on every record.
    public string? Permission => null;

    public string? Undo => UndoEditWork.Name;

    public async Task<BulkBatch> NextAsync(IServiceProvider scope, BulkAct act, int take, CancellationToken ct)
    {
        var told = act.Told<EditTold>();
        if (told.Ids is { } ids)
        {
            var at = act.Cursor.Length == 0 ? 0 : int.Parse(act.Cursor, CultureInfo.InvariantCulture);
            var items = ids.Skip(at).Take(take).Select((id, i) => new BulkItem(id, Index(at + i + 1))).ToList();
            return new BulkBatch(items, Index(at + items.Count), at + items.Count >= ids.Count);
        }

        // By their keys, each once, and none that came after it was asked: what the act changes may change who matches.
        var after = Guid.TryParse(act.Cursor, out var last) ? last : Guid.Empty;
        var next = await doors.Of(TypeOf(told)).IdsAsync(told.Filter, act.At, after, take, ct);
        return next.Count == 0 ? BulkBatch.End : new BulkBatch([.. next.Select(id => new BulkItem(id, id.ToString()))], next[^1].ToString(), next.Count < take);
    }

    public async Task<BulkTally> RunAsync(IServiceProvider scope, BulkAct act, BulkBatch batch, CancellationToken ct)
    {
        if (batch.Items.Count == 0)
            return new BulkTally();
        var told = act.Told<EditTold>();
        return Write(db, act, await doors.Of(TypeOf(told)).EditAsync(told.Edit, batch.Ids, ct));
    }

    /// <summary>Writes down what became of records.</summary>
    internal static BulkTally Write(KernelDb db, BulkAct act, IReadOnlyList<EditedRecord> edited)
    {
        db.AddRange(edited.Select(e => new BulkRow { BulkId = act.Id, RecordId = e.Id, Changes = e.Changes, Reason = e.Reason }));
        return new BulkTally { Done = edited.Count(e => e.Reason is null), Failed = edited.Count(e => e.Reason is not null) };
    }

    private RecordType TypeOf(EditTold told) => types.Find(told.Type) ?? throw new RuleViolation("type", "Its records are not here any more.");

    private static string Index(int index) => index.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Takes a bulk edit back: each value where it is still what the edit made it.</summary>
internal sealed class UndoEditWork(RecordTypes types, RecordDoors doors, KernelDb db) : IBulkWork
{
    public const string Name = "undo-edit";

    public string Kind => Name;

    public string? Permission => null;

    public string? Undo => null;

    public async Task<BulkBatch> NextAsync(IServiceProvider scope, BulkAct act, int take, CancellationToken ct)
    {
        var undone = act.Told<UndoneAct>().Act;
        var after = Guid.TryParse(act.Cursor, out var last) ? last : Guid.Empty;
        var rows = await db.Set<BulkRow>().AsNoTracking().Where(r => r.BulkId == undone && r.Id > after && r.Reason == null)
            .OrderBy(r => r.Id).Take(take).Select(r => r.Id).ToListAsync(ct);
        return rows.Count == 0 ? BulkBatch.End : new BulkBatch(rows.ConvertAll(id => new BulkItem(id, id.ToString())), rows[^1].ToString());
    }

    public async Task<BulkTally> RunAsync(IServiceProvider scope, BulkAct act, BulkBatch batch, CancellationToken ct)
    {
        if (batch.Items.Count == 0)
            return new BulkTally();
        var ids = batch.Ids;
        var rows = await db.Set<BulkRow>().AsNoTracking().Where(r => ids.Contains(r.Id)).OrderBy(r => r.Id).ToListAsync(ct);
        var undone = await db.Set<BulkAct>().AsNoTracking().FirstAsync(a => a.Id == act.Told<UndoneAct>().Act, ct);
        var type = types.Find(undone.Told<EditTold>().Type) ?? throw new RuleViolation("type", "Its records are not here any more.");
        return EditWork.Write(db, act, await doors.Of(type).UndoAsync(rows, ct));
    }

    public async Task<BulkTally> RefusedAsync(IServiceProvider scope, BulkAct act, BulkBatch batch, string reason, CancellationToken ct)
    {
        // The items are rows of the act; what is told is the record.
        var ids = batch.Ids;
        var records = await db.Set<BulkRow>().Where(r => ids.Contains(r.Id)).Select(r => r.RecordId).ToListAsync(ct);
        return EditWork.Write(db, act, records.ConvertAll(id => new EditedRecord(id, "{}", reason)));
    }

    public async Task EndAsync(IServiceProvider scope, BulkAct act, CancellationToken ct) =>
        (await db.Set<BulkAct>().FirstAsync(a => a.Id == act.Told<UndoneAct>().Act, ct)).State = BulkState.Undone;
}
