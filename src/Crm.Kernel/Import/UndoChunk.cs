using System.Text.Json;
using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Kernel.Data;
using Crm.Kernel.Records;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Import;

/// <summary>Gives records of a type their values before an import.</summary>
internal abstract class UndoChunk
{
    public static UndoChunk Of(RecordType type) => (UndoChunk)Activator.CreateInstance(typeof(UndoChunk<>).MakeGenericType(type.Entity), type)!;

    /// <summary>Restores; says how many.</summary>
    public abstract Task<int> RestoreAsync(IServiceProvider scope, IReadOnlyList<ImportedRow> rows, UndoResult result, CancellationToken ct);

    /// <summary>The records, with their parts.</summary>
    public abstract Task<IReadOnlyList<IRecord>> LoadAsync(IServiceProvider scope, IReadOnlyList<Guid> ids, CancellationToken ct);
}

/// <summary>Gives records of one type their values before.</summary>
internal sealed class UndoChunk<T>(RecordType<T> type) : UndoChunk
    where T : class, IRecord
{
    public override async Task<int> RestoreAsync(IServiceProvider scope, IReadOnlyList<ImportedRow> rows, UndoResult result, CancellationToken ct)
    {
        var db = scope.GetRequiredService<KernelDb>();
        var rights = await db.RightsAsync(ct);
        var records = (await LoadAsync(scope, [.. rows.Select(r => r.RecordId).Distinct()], ct)).Cast<T>().ToDictionary(r => r.Id);
        var restored = new HashSet<Guid>();
        foreach (var row in rows.Where(r => records.ContainsKey(r.RecordId)))
        {
            var record = records[row.RecordId];
            if (!rights.IsSystem && !await db.MayAsync(type.EditPermission, record.Spine, ct))
                result.Keep(record.Spine, "", "You are not allowed to change this.");
            else if (Restore(record, row, rights, result))
                restored.Add(record.Id);
        }

        await db.SaveChangesAsync(ct);
        result.Restored += restored.Count;
        return restored.Count;
    }

    public override async Task<IReadOnlyList<IRecord>> LoadAsync(IServiceProvider scope, IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        var all = scope.GetRequiredService<KernelDb>().Set<T>().Include(r => r.Spine).ThenInclude(s => s.DecidedBy).Where(r => ids.Contains(r.Id));
        return await type.Includes.Aggregate(all, (q, path) => q.Include(path)).AsTracking().AsSplitQuery().ToListAsync(ct);
    }

    private bool Restore(T record, ImportedRow row, Rights rights, UndoResult result)
    {
        using var changes = JsonDocument.Parse(row.Changes);
        var back = new List<(RecordField Field, JsonElement Before)>();
        foreach (var change in changes.RootElement.EnumerateObject())
        {
            var (before, after) = (change.Value[0], change.Value[1]);
            if (type.Find(change.Name) is not { Write: not null } field)
                result.Keep(record.Spine, change.Name, "There is no such field any more.");
            else if (!rights.May(field.WritePermission) || !FieldRights.MayRead(field, rights))
                result.Keep(record.Spine, field.Label, "You are not allowed to change this.");
            else if (Holds(field, record, after))
                back.Add((field, before));
            else if (!Holds(field, record, before))
                result.Keep(record.Spine, field.Label, "Somebody changed it since.");
        }

        var written = false;
        foreach (var (field, before) in back)
            written |= Write(record, field, before, result);
        return written;
    }

    private static bool Holds(RecordField field, T record, JsonElement value)
    {
        try
        {
            return UndoText.Holds(field, field.Read(record), value);
        }
        catch (RuleViolation)
        {
            return false;
        }
    }

    private static bool Write(T record, RecordField field, JsonElement before, UndoResult result)
    {
        try
        {
            field.Write!(record, UndoText.Read(field, before));
            return true;
        }
        catch (RuleViolation violation)
        {
            result.Keep(record.Spine, field.Label, violation.Message);
            return false;
        }
    }
}
