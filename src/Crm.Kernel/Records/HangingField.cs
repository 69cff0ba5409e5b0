using Crm.Abstractions.Records;

namespace Crm.Kernel.Records;

/// <summary>The field that says what a record hangs on, or is about.</summary>
internal static class HangingField
{
    /// <summary>The link called so, else the obligatory one, else the first; null where there is none.</summary>
    public static RecordField? Of(RecordType type)
    {
        var links = type.Fields.Where(f => f.Kind == FieldKind.Link && f.Write is not null).ToList();
        return Named(links) ?? links.Find(f => f.IsRequired) ?? links.FirstOrDefault();
    }

    /// <summary>The link called so, where a record hangs on nothing.</summary>
    public static RecordField? AboutOf(RecordType type) => Named(type.Fields.Where(f => f.Kind == FieldKind.Link && f.Write is not null));

    private static RecordField? Named(IEnumerable<RecordField> links) => links.FirstOrDefault(f => f.Name is "about" or "record");
}
