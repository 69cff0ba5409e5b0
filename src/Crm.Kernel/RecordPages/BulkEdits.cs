using System.Text.Json;
using Crm.Abstractions.Records;
using Crm.Kernel.Bulk;
using Crm.Kernel.Records;

namespace Crm.Kernel.RecordPages;

/// <summary>Reads from the list's form what is to be done with the chosen rows.</summary>
internal static class BulkEdits
{
    /// <summary>The fields that may be given one value in many records.</summary>
    public static async Task<IReadOnlyList<RecordField>> FieldsAsync(IRecordDoor door, CancellationToken ct)
    {
        var fields = new List<RecordField>();
        foreach (var field in (await door.FieldsAsync(ct)).Where(f => f is { IsEditable: true, Kind: not (FieldKind.Values or FieldKind.ManyOf) }))
        {
            if (await door.MayWriteAsync(field, creating: false, ct))
                fields.Add(field);
        }

        return fields;
    }

    /// <summary>Null where it makes no sense, or the reader may not.</summary>
    /// <exception cref="RuleViolation">A value can't be read.</exception>
    public static async Task<EditTold?> ReadAsync(TypedPage page, string act, string tag, TimeZoneInfo zone, CancellationToken ct)
    {
        if (act == "delete")
            return page.MayDelete ? Told(page, "delete", null, new Dictionary<string, object?>()) : null;
        if (act == "tag")
            return await TagAsync(page, tag, ct);
        if (act == "set")
            return await SetAsync(page, zone, ct);
        if (!act.StartsWith("do:", StringComparison.Ordinal) || page.Deeds.FirstOrDefault(d => d.Name == act[3..]) is not { } deed)
            return null;
        return Told(page, "do", deed.Name, DeedForm.Read(deed, page.Request.Form, deed.Name + ".", zone));
    }

    private static async Task<EditTold?> TagAsync(TypedPage page, string tag, CancellationToken ct)
    {
        var field = (await page.Door.FieldsAsync(ct)).FirstOrDefault(f => f is { Kind: FieldKind.ManyOf, IsEditable: true, Options.Count: 0 });
        return field is null || !page.MayEdit || tag.Length is 0 or > 60 ? null : Told(page, "tag", field.Name, new Dictionary<string, object?> { [field.Name] = tag });
    }

    private static async Task<EditTold?> SetAsync(TypedPage page, TimeZoneInfo zone, CancellationToken ct)
    {
        string name = page.Request.Form["field"].ToString();
        if ((await FieldsAsync(page.Door, ct)).FirstOrDefault(f => string.Equals(f.Name, name, StringComparison.OrdinalIgnoreCase)) is not { } field)
            return null;
        string[] raw = [.. page.Request.Form["set." + field.Name].Select(v => (v ?? "").Trim()).Where(v => v.Length > 0).Take(1)];
        if (!FieldInput.TryRead(field.Kind, raw, zone, out var value, out var wrong))
            throw new RuleViolation(field.Name, wrong);
        return Told(page, "set", field.Name, new Dictionary<string, object?> { [field.Name] = DoorValue.Read(field, value) });
    }

    private static EditTold Told(TypedPage page, string act, string? name, IReadOnlyDictionary<string, object?> values) => new(
        page.Type.Name, act, name, values.ToDictionary(v => v.Key, v => JsonSerializer.SerializeToElement(v.Value, v.Value?.GetType() ?? typeof(object), BulkText.Json)), null, null);
}
