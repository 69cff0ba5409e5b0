using Crm.Abstractions.Records;
using Crm.Kernel.Data;
using Crm.Kernel.RecordPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Crm.Kernel.Records;

/// <summary>Reads through the record's own door, so that the rights on rows and fields hold.</summary>
internal sealed class RecordReading(KernelDb db, RecordTypes types, RecordDoors doors, IStringLocalizer<PageText> l) : IRecordReading
{
    public async Task<RecordWords?> ReadAsync(Guid id, CancellationToken ct)
    {
        var kind = await db.Records.AsNoTracking().Where(r => r.Id == id).Select(r => r.Kind).FirstOrDefaultAsync(ct);
        if (kind is null || types.Find(kind) is not { } type)
            return null;
        var door = doors.Of(type);
        if (!(await db.RightsAsync(ct)).May(type.ViewPermission) || await door.FindAsync(id, ct) is not { } record)
            return null;
        var fields = (await door.FieldsAsync(ct)).Where(f => !FieldMarkup.IsEmpty(record.Values.GetValueOrDefault(f.Name))).ToList();
        return new RecordWords(
            id, kind, record.Title, record.Url,
            fields.ToDictionary(f => f.Name, f => FieldMarkup.Words(f, record.Values[f.Name], l), StringComparer.OrdinalIgnoreCase),
            fields.Where(f => f.Kind == FieldKind.Values).ToDictionary(f => f.Name, f => (IReadOnlyList<ValueEntry>)record.Values[f.Name]!, StringComparer.OrdinalIgnoreCase));
    }
}
