using System.Text.Json.Nodes;
using Crm.Abstractions.Data;
using Crm.Abstractions.Records;
using Crm.Kernel.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Crm.Kernel.Privacy;

/// <summary>Empties what records of one type say and leaves their skeletons.</summary>
internal abstract class EmptyRecords
{
    public static EmptyRecords Of(RecordType type) => (EmptyRecords)Activator.CreateInstance(typeof(EmptyRecords<>).MakeGenericType(type.Entity), type)!;

    /// <summary>Empties tracked records with all their parts.</summary>
    public abstract void Run(KernelDb db, IEnumerable<IRecord> records, DateTimeOffset now);
}

/// <summary>Personal fields go, and all words that somebody wrote freely: nobody knows what stands in them. Choices, numbers, days and links that are not personal stay, so that totals stay right.</summary>
internal sealed class EmptyRecords<T>(RecordType<T> type) : EmptyRecords
    where T : class, IRecord
{
    public override void Run(KernelDb db, IEnumerable<IRecord> records, DateTimeOffset now)
    {
        foreach (var record in records.Cast<T>())
        {
            foreach (var field in type.Fields.Where(Goes))
                field.Write!(record, IsObligatory(db, field) ? "" : null);
            foreach (var property in db.Entry(record).Properties.Where(p => p.Metadata.FindAnnotation(MappingWords.PersonalMark) is not null))
                Empty(property);
            EmptyRetired(db, record.Spine);
            record.Spine.ExternalId = null;
            record.Spine.ErasedAt = now;
        }
    }

    // What administrators' fields hold lies in one JSON column; a field that was retired has no other way to its value.
    private void EmptyRetired(KernelDb db, Spine spine)
    {
        const string Custom = "Custom";
        if (db.Entry(spine).Metadata.FindProperty(Custom) is null || db.Entry(spine).Property(Custom).CurrentValue is not string text)
            return;
        var values = JsonNode.Parse(text)!.AsObject();
        foreach (var name in values.Select(v => v.Key).Where(k => type.Find(k) is null).ToList())
            values.Remove(name);
        db.Entry(spine).Property(Custom).CurrentValue = values.Count == 0 ? null : values.ToJsonString();
    }

    private static bool Goes(RecordField field) =>
        field is { Write: not null, Kind: not (FieldKind.User or FieldKind.Department) } && (field.IsPersonal || (IsFree(field) && !field.IsFormed));

    private static bool IsFree(RecordField field) =>
        field.Kind is FieldKind.Text or FieldKind.LongText or FieldKind.Values || field is { Kind: FieldKind.ManyOf, Options.Count: 0 };

    private static bool IsObligatory(KernelDb db, RecordField field)
    {
        if (field.Kind is not (FieldKind.Text or FieldKind.LongText or FieldKind.OneOf) || field.Column?.Body is not System.Linq.Expressions.MemberExpression member)
            return false;
        var entity = db.Model.FindEntityType(member.Expression!.Type);
        return entity?.FindProperty(member.Member.Name) is { IsNullable: false };
    }

    private static void Empty(PropertyEntry property)
    {
        var clr = property.Metadata.ClrType;
        property.CurrentValue = property.Metadata.IsNullable ? null : clr == typeof(string) ? "" : clr.IsValueType ? Activator.CreateInstance(clr) : property.CurrentValue;
    }
}
