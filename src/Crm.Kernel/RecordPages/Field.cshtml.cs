using System.Text.Json;
using Crm.Abstractions.Records;
using Crm.Kernel.Records;
using Crm.Ui.Shell;
using Microsoft.AspNetCore.Mvc;

namespace Crm.Kernel.RecordPages;

/// <summary>One field of a record, edited in its place on the details tab.</summary>
internal sealed class FieldModel(RecordNames names, IUserZone zone) : TypedPage
{
    public RecordField Field { get; private set; } = null!;

    public RecordView Record { get; private set; } = null!;

    /// <summary>The input, or null where the value is shown.</summary>
    public FormInput? Input { get; private set; }

    public bool IsWritable { get; private set; }

    /// <summary>What stood in the input when the record was read, as JSON.</summary>
    public string Was => JsonSerializer.Serialize(RawOf(Record));

    public string Address => $"{Type.UrlOf(Record.Id)}/field/{Field.Name}";

    public async Task<IActionResult> OnGetAsync(Guid id, string field, bool show)
    {
        if (!IsFragment)
            return LocalRedirect(Type.UrlOf(id) + "#details");
        if (await ReadAsync(id, field) is { } refused)
            return refused;
        if (!show && IsWritable)
            await AskAsync(RawOf(Record));
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid id, string field)
    {
        if (await ReadAsync(id, field) is { } refused)
            return refused;
        var raw = FieldInput.Sent(Field, Request.Form);
        if (!FieldInput.TryRead(Field.Kind, raw, zone.Zone, out var value, out var wrong))
            return await AgainAsync(raw, L[wrong]);
        try
        {
            long? version = long.TryParse(Request.Form["_version"], out var v) ? v : null;
            Record = await Door.UpdateAsync(id, new Dictionary<string, object?> { [Field.Name] = value }, version, Ct);
        }
        catch (RuleViolation broken)
        {
            return await AgainAsync(raw, string.Join(' ', broken.Said(L).Select(s => s.Text)));
        }
        catch (StaleRecord stale)
        {
            if (await MergeAsync(stale.Now, raw, value) is { } stands)
                return stands;
        }

        return IsFragment ? Page() : LocalRedirect(Type.UrlOf(id) + "#details");
    }

    // Somebody saved in between. If this very field is as the reader saw it or wants it, nothing is in the way.
    private async Task<IActionResult?> MergeAsync(RecordView now, string[] raw, object? value)
    {
        var theirs = RawOf(now);
        if (!theirs.SequenceEqual(raw, StringComparer.Ordinal) && JsonSerializer.Serialize(theirs) != Request.Form["_was"])
            return await StaleAsync(now, raw);
        try
        {
            Record = await Door.UpdateAsync(now.Id, new Dictionary<string, object?> { [Field.Name] = value }, now.Version, Ct);
            return null;
        }
        catch (RuleViolation broken)
        {
            return await AgainAsync(raw, string.Join(' ', broken.Said(L).Select(s => s.Text)));
        }
        catch (StaleRecord again)
        {
            return await StaleAsync(again.Now, raw);
        }
    }

    private string[] RawOf(RecordView record) => FieldInput.Raw(Field, record.Values.GetValueOrDefault(Field.Name), zone.Zone);

    private async Task<IActionResult> StaleAsync(RecordView now, string[] raw)
    {
        Record = now;
        var theirs = now.Values.GetValueOrDefault(Field.Name);
        var words = FieldMarkup.Words(Field, theirs, L);
        return await AgainAsync(raw, words.Length == 0
            ? L["Somebody else changed this in the meantime. Save again to keep yours."]
            : L["Somebody else changed this in the meantime; it is now “{0}”. Save again to keep yours.", words]);
    }

    private async Task<IActionResult?> ReadAsync(Guid id, string name)
    {
        var found = (await Door.FieldsAsync(Ct)).FirstOrDefault(f => string.Equals(f.Name, name, StringComparison.OrdinalIgnoreCase));
        if (found is null || await Door.FindAsync(id, Ct) is not { } record)
            return Refuse(404, L["This is not here any more, or not yours to see."]);
        (Field, Record) = (found, record);
        IsWritable = found.IsEditable && await Door.MayWriteAsync(found, creating: false, Ct);
        return IsWritable ? null : Refuse(403, L["You are not allowed to do this."]);
    }

    private async Task<IActionResult> AgainAsync(string[] raw, string wrong)
    {
        await AskAsync(raw);
        ModelState.AddModelError(Field.Name, wrong);
        Response.StatusCode = 422;
        return IsFragment ? Page() : LocalRedirect(Type.UrlOf(Record.Id) + "/edit");
    }

    private async Task AskAsync(string[] raw)
    {
        Input = FormInput.Of(Field, L);
        Input.Raw = raw;
        if (Input.Source is not null && Guid.TryParse(Input.First, out var id))
            Input.Chosen = (await names.OfAsync([id], Ct)).GetValueOrDefault(id);
    }
}
