using System.Text.Json;
using Crm.Abstractions.Records;
using Crm.Kernel.Records;
using Crm.Ui.Shell;
using Microsoft.AspNetCore.Mvc;

namespace Crm.Kernel.RecordPages;

/// <summary>The form of a record type, for a new record or an old one. Saves only what was changed, so that two people can work on different fields.</summary>
internal sealed class FormModel(RecordNames names, IUserZone zone) : TypedPage
{
    private IReadOnlyList<RecordField> _fields = [];

    public RecordView? Record { get; private set; }

    public IReadOnlyList<(string Group, FormInput Input)> Inputs { get; private set; } = [];

    /// <summary>What stood in the inputs when the record was read, as JSON.</summary>
    public string Was { get; private set; } = "{}";

    /// <summary>The record that a new dependant hangs on.</summary>
    public Guid? About { get; private set; }

    public bool IsStale { get; private set; }

    public IReadOnlyList<Crumb> Crumbs => Record is null
        ? [new(L[Type.PluralLabel], Type.ListUrl)]
        : [new(L[Type.PluralLabel], Type.ListUrl), new(Record.Title, Record.Url)];

    public async Task<IActionResult> OnGetAsync(Guid? id, Guid? about)
    {
        if (await ReadAsync(id) is { } refused)
            return refused;
        About = about;
        foreach (var (field, input) in _fields.Zip(Inputs.Select(i => i.Input)))
        {
            // A link may fill a new form in: /contacts/people/new?organization=…
            input.Raw = Record is null && Request.Query[field.Name] is [{ Length: > 0 and <= 200 } given] ? [given] : Raw(field);
        }

        await ChooseAsync();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid? id, Guid? about)
    {
        if (await ReadAsync(id) is { } refused)
            return refused;
        About = about;
        var was = ReadWas(Request.Form["_was"].ToString());
        foreach (var (field, input) in _fields.Zip(Inputs.Select(i => i.Input)))
            input.Raw = FieldInput.Sent(field, Request.Form);
        var values = Values(was);
        if (values is not null)
        {
            try
            {
                var saved = await SaveAsync(id, about, values);
                var said = id is null ? L["{0} added", saved.Title] : L["Saved"];
                TempData.Toast(string.Join(" · ", (await Door.AdviceAsync(saved.Id, Ct)).Select(a => a.In(L)).Prepend(said.Value)));
                return LocalRedirect(saved.Url);
            }
            catch (RuleViolation broken)
            {
                Note(broken);
            }
            catch (StaleRecord stale)
            {
                Compare(stale.Now, was);
            }
        }

        Was = Request.Form["_was"].ToString() is var kept && !IsStale ? kept : Was;
        await ChooseAsync();
        Response.StatusCode = 422;
        return Page();
    }

    private Task<RecordView> SaveAsync(Guid? id, Guid? about, IReadOnlyDictionary<string, object?> values) => id is { } old
        ? Door.UpdateAsync(old, values, long.TryParse(Request.Form["_version"], out var version) ? version : null, Ct)
        : Door.CreateAsync(values, about, Ct);

    private async Task<IActionResult?> ReadAsync(Guid? id)
    {
        if (id is { } old && (Record = await Door.FindAsync(old, Ct)) is null)
            return Refuse(404, L["This is not here any more, or not yours to see."]);
        var fields = new List<RecordField>();
        foreach (var field in await Door.FieldsAsync(Ct))
        {
            var isOwner = Record is null && field is { Name: "owner", Kind: FieldKind.User };
            if ((field.IsShown || isOwner) && field.Write is not null && await Door.MayWriteAsync(field, Record is null, Ct))
                fields.Add(field);
        }

        _fields = fields;
        Inputs = fields.ConvertAll(f => (f.Group, FormInput.Of(f, L)));
        Was = JsonSerializer.Serialize(fields.ToDictionary(f => f.Name, Raw, StringComparer.Ordinal));
        return null;
    }

    // A box that a new record has ticked is shown so: left as it is or not, the record gets what the form shows.
    private string[] Raw(RecordField field) => FieldInput.Raw(
        field, Record is not null ? Record.Values.GetValueOrDefault(field.Name) : field.Kind == FieldKind.YesNo ? Door.Fresh(field) : null, zone.Zone);

    // Only what differs from what the form began with; null where something can't be read.
    private Dictionary<string, object?>? Values(IReadOnlyDictionary<string, string[]> was)
    {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (field, input) in _fields.Zip(Inputs.Select(i => i.Input)))
        {
            if (Request.Form["_take." + field.Name] == "theirs")
                continue;
            if (!FieldInput.TryRead(field.Kind, input.Raw, zone.Zone, out var value, out var wrong))
                ModelState.AddModelError(field.Name, L[wrong]);
            else if (Record is not null && field.IsRequired && DoorValue.IsEmpty(value))
                ModelState.AddModelError(field.Name, L["This must be given."]);
            else if (!Same(field, input.Raw, was.GetValueOrDefault(field.Name) ?? []))
                values[field.Name] = value;
        }

        return ModelState.IsValid ? values : null;
    }

    private static bool Same(RecordField field, string[] a, string[] b) =>
        a.SequenceEqual(b, StringComparer.Ordinal) || (field.Kind == FieldKind.YesNo && a.FirstOrDefault() is null or "false" && b.FirstOrDefault() is null or "false");

    private void Note(RuleViolation broken)
    {
        foreach (var (field, message) in broken.Said(L))
        {
            ModelState.AddModelError(_fields.Any(f => f.Name == field) ? field : "", message);
        }
    }

    // What only they changed is taken over; what both changed is shown side by side.
    private void Compare(RecordView now, IReadOnlyDictionary<string, string[]> was)
    {
        (IsStale, Record) = (true, now);
        foreach (var (field, input) in _fields.Zip(Inputs.Select(i => i.Input)))
        {
            var before = was.GetValueOrDefault(field.Name) ?? [];
            var theirs = Raw(field);
            if (Same(field, theirs, before))
                continue;
            if (Same(field, input.Raw, before))
                input.Raw = theirs;
            else if (!Same(field, input.Raw, theirs))
                input.Theirs = FieldMarkup.Words(field, now.Values.GetValueOrDefault(field.Name), L);
        }

        Was = JsonSerializer.Serialize(_fields.ToDictionary(f => f.Name, Raw, StringComparer.Ordinal));
    }

    private async Task ChooseAsync()
    {
        var pickers = Inputs.Select(i => i.Input).Where(i => i.Source is not null && i.First.Length > 0).ToList();
        var known = await names.OfAsync(pickers.SelectMany(p => p.Raw).Select(r => Guid.TryParse(r, out var id) ? id : Guid.Empty), Ct);
        foreach (var picker in pickers)
        {
            picker.ChosenOf = picker.Raw.Where(r => Guid.TryParse(r, out _)).Distinct(StringComparer.Ordinal).ToDictionary(r => r, r => known.GetValueOrDefault(Guid.Parse(r)) ?? L["Restricted"].Value);
            picker.Chosen = picker.ChosenOf.GetValueOrDefault(picker.First);
        }
    }

    private static IReadOnlyDictionary<string, string[]> ReadWas(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, string[]>>(json.Length == 0 ? "{}" : json) ?? [];
        }
        catch (JsonException)
        {
            // Somebody else's hand: then everything counts as changed.
            return new Dictionary<string, string[]>();
        }
    }
}
