using System.Text.Json;
using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Kernel.Bulk;
using Crm.Kernel.Data;
using Crm.Kernel.Import;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.Records;

/// <summary>Something done to many records alike: <c>delete</c>, <c>restore</c>, <c>tag</c>, <c>set</c> a field, <c>do</c> a deed.</summary>
/// <param name="Name">The field or the deed.</param>
internal sealed record RecordEdit(string Act, string? Name, IReadOnlyDictionary<string, object?> Values);

/// <summary>What became of one of them.</summary>
/// <param name="Changes">JSON: what → [before, after].</param>
/// <param name="Reason">Why it was left; null where it was changed.</param>
internal sealed record EditedRecord(Guid Id, string Changes, string? Reason);

/// <summary>Does the same to a chunk of records, loaded at once, inside the unit that runs: with the caller's rights on each record and each field.</summary>
internal sealed class RecordEdits<T>(KernelDb db, RecordType<T> type, RecordWriter<T> writer, TimeProvider clock)
    where T : class, IRecord
{
    /// <exception cref="RuleViolation">A record refused it when it was half done: the unit must be given up.</exception>
    public async Task<List<EditedRecord>> DoAsync(RecordEdit edit, IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        var records = await LoadAsync(ids, edit.Act == "restore", ct);
        var people = edit.Act == "do" ? await AccessLists.ReadAsync(db, ids, ct) : null;
        var done = new List<(T Record, Dictionary<string, object?> Before)>();
        var edited = new List<EditedRecord>();
        foreach (var id in ids)
        {
            if (!records.TryGetValue(id, out var record))
                edited.Add(new EditedRecord(id, "{}", new RecordMissing().Message));
            else if (!await MayAsync(edit, record, ct))
                edited.Add(new EditedRecord(id, "{}", new NotAllowed().Message));
            else if (record.Spine.ErasedAt is not null && edit.Act is not ("delete" or "restore"))
                edited.Add(new EditedRecord(id, "{}", StaysErased.Violation().Message));
            else
            {
                done.Add((record, Snapshot(record)));
                await OneAsync(edit, record, ct);
            }
        }

        await db.SaveChangesAsync(ct);
        var after = people is null ? null : await AccessLists.ReadAsync(db, ids, ct);
        edited.AddRange(done.Select(d => new EditedRecord(d.Record.Id, BulkText.Of(Changes(d.Record, d.Before, people?.Of(d.Record.Id), after?.Of(d.Record.Id))), null)));
        return edited;
    }

    /// <summary>Gives records what they had before an edit, each value where it is still what the edit made it.</summary>
    public async Task<List<EditedRecord>> UndoAsync(IReadOnlyList<BulkRow> rows, CancellationToken ct)
    {
        var ids = rows.Select(r => r.RecordId).ToList();
        var records = await Full(db.Set<T>().Where(r => ids.Contains(r.Id))).ToDictionaryAsync(r => r.Id, ct);
        var people = await AccessLists.ReadAsync(db, ids, ct);
        var rights = await db.RightsAsync(ct);
        var undone = new List<EditedRecord>();
        foreach (var row in rows)
        {
            var kept = new List<string>();
            if (!records.TryGetValue(row.RecordId, out var record) || !await db.MayAsync(type.ViewPermission, record.Spine, ct))
                kept.Add(new RecordMissing().Message);
            else if (!rights.IsSystem && !await db.MayAsync(type.EditPermission, record.Spine, ct) && !await db.MayAsync(type.DeletePermission, record.Spine, ct))
                kept.Add("You are not allowed to change this.");
            else
                Back(record, row, rights, people, kept);
            undone.Add(new EditedRecord(row.RecordId, "{}", kept.Count == 0 ? null : string.Join(' ', kept)));
        }

        await db.SaveChangesAsync(ct);
        return undone;
    }

    private async Task<Dictionary<Guid, T>> LoadAsync(IReadOnlyList<Guid> ids, bool inBin, CancellationToken ct)
    {
        var rows = inBin ? db.Set<T>().Where(r => r.Spine.DeletedAt != null) : await db.VisibleAsync<T>(ct);
        return await Full(rows.Where(r => ids.Contains(r.Id))).ToDictionaryAsync(r => r.Id, ct);
    }

    private IQueryable<T> Full(IQueryable<T> rows) =>
        type.Includes.Aggregate((IQueryable<T>)rows.Include(r => r.Spine).ThenInclude(s => s.DecidedBy), (r, path) => r.Include(path)).AsTracking().AsSplitQuery();

    private async Task<bool> MayAsync(RecordEdit edit, T record, CancellationToken ct) => edit.Act switch
    {
        "delete" or "restore" => !type.IsUnion && await db.MayAsync(type.DeletePermission, record.Spine, ct),
        "do" => await db.MayAsync(writer.DeedOf(edit.Name!).Permission, record.Spine, ct),
        _ => !type.IsUnion && await db.MayAsync(type.EditPermission, record.Spine, ct),
    };

    private async Task OneAsync(RecordEdit edit, T record, CancellationToken ct)
    {
        switch (edit.Act)
        {
            case "delete":
                record.Spine.DeletedAt = clock.GetUtcNow();
                break;
            case "restore":
                record.Spine.DeletedAt = null;
                break;
            case "do":
                await writer.RunDeedAsync(record, writer.DeedOf(edit.Name!), edit.Values, ct);
                break;
            case "tag":
                var there = DoorValue.Of(type.Find(edit.Name!)?.Read(record)) as IReadOnlyList<string> ?? [];
                var added = (string)edit.Values[edit.Name!]!;
                if (!there.Contains(added, StringComparer.OrdinalIgnoreCase))
                    await writer.ChangeAsync(record, new Dictionary<string, object?> { [edit.Name!] = there.Append(added).ToList() }, ct);
                break;
            default:
                await writer.ChangeAsync(record, edit.Values, ct);
                break;
        }
    }

    // All fields, because one may set another, and a deed says of none what it changes.
    private Dictionary<string, object?> Snapshot(T record)
    {
        var values = type.Fields.Where(f => f.Write is not null).ToDictionary(f => f.Name, f => DoorValue.Of(f.Read(record)), StringComparer.Ordinal);
        values["department"] = record.Spine.DepartmentId;
        values["deleted"] = record.Spine.DeletedAt is not null;
        return values;
    }

    private Dictionary<string, object?[]> Changes(T record, Dictionary<string, object?> before, IReadOnlyList<string>? hadAccess, IReadOnlyList<string>? hasAccess)
    {
        var now = Snapshot(record);
        var changes = before.Where(b => !DoorValue.AreSame(b.Value, now[b.Key])).ToDictionary(b => b.Key, b => new[] { b.Value, now[b.Key] }, StringComparer.Ordinal);
        if (hadAccess is not null && !hadAccess.SequenceEqual(hasAccess!, StringComparer.Ordinal))
            changes["access"] = [hadAccess, hasAccess];
        return changes;
    }

    private void Back(T record, BulkRow row, Rights rights, AccessLists people, List<string> kept)
    {
        using var changes = JsonDocument.Parse(row.Changes);
        foreach (var change in changes.RootElement.EnumerateObject())
        {
            var (before, after) = (change.Value[0], change.Value[1]);
            switch (change.Name)
            {
                case "deleted" when (record.Spine.DeletedAt is not null) == after.GetBoolean():
                    record.Spine.DeletedAt = before.GetBoolean() ? clock.GetUtcNow() : null;
                    break;
                case "deleted":
                    break;
                case "department" when record.Spine.DepartmentId == after.Deserialize<Guid?>():
                    record.Spine.DepartmentId = before.Deserialize<Guid?>();
                    break;
                case "department":
                    kept.Add("Department: Somebody changed it since.");
                    break;
                case "access":
                    if (!people.Restore(db, record.Id, before.Deserialize<List<string>>()!, after.Deserialize<List<string>>()!, clock.GetUtcNow()))
                        kept.Add("Sharing: Somebody changed it since.");
                    break;
                default:
                    Field(record, change.Name, before, after, rights, kept);
                    break;
            }
        }
    }

    private void Field(T record, string name, JsonElement before, JsonElement after, Rights rights, List<string> kept)
    {
        if (type.Find(name) is not { Write: not null } field)
        {
            kept.Add($"{name}: There is no such field any more.");
            return;
        }

        try
        {
            if (!FieldRights.MayWrite(field, rights, creating: true))
                kept.Add($"{field.Label}: You are not allowed to change this.");
            else if (UndoText.Holds(field, field.Read(record), after))
                field.Write!(record, UndoText.Read(field, before));
            else if (!UndoText.Holds(field, field.Read(record), before))
                kept.Add($"{field.Label}: Somebody changed it since.");
        }
        catch (RuleViolation violation)
        {
            kept.Add($"{field.Label}: {violation.Message}");
        }
    }
}
