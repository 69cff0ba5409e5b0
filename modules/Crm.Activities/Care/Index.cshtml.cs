using System.Globalization;
using Crm.Abstractions.Data;
using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Ui.Shell;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Crm.Activities.Care;

/// <summary>The rules by which customers' days become tasks.</summary>
[Permission(ActivitiesPermissions.ManageCare)]
internal sealed class IndexModel(CrmDb db, IRecordLists lists, IRecordTypes types, IStringLocalizer<ActivitiesText> text) : PageModel
{
    private static readonly string[] _kinds = ["person", "organization"];
    private readonly List<(RecordType Type, RecordField Field)> _fields = [];
    private readonly List<(RecordType Type, string Name)> _segments = [];

    [BindProperty]
    public CareForm Input { get; set; } = new();

    [FromRoute]
    public Guid? Id { get; set; }

    public IReadOnlyList<CareRule> Rules { get; private set; } = [];

    public IEnumerable<SelectListItem> Fields => Items(_fields.Select(f => (f.Type, f.Field.Name, Words: $"{text[f.Type.Label]}: {text[f.Field.Label]}")), Input.Field);

    public IEnumerable<SelectListItem> Segments => Items(_segments.Select(s => (s.Type, s.Name, Words: $"{text[s.Type.PluralLabel]}: {s.Name}")), Input.Segment);

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        await OpenAsync(ct);
        if (Id is { } id)
        {
            if (Rules.FirstOrDefault(r => r.Id == id) is not { } rule)
                return NotFound();
            Input = CareForm.Of(rule);
        }

        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        await OpenAsync(ct);
        // What could not be bound was left empty or was no answer to choose from.
        ModelState.Clear();
        var rule = Id is { } id ? await db.Set<CareRule>().FirstOrDefaultAsync(r => r.Id == id, ct) : new CareRule();
        if (rule is null)
            return NotFound();
        try
        {
            if (Write(rule))
            {
                rule.Check();
                if (Id is null)
                    db.Add(rule);
                rule.Problem = null;
                // Followed as a whole at the next run of the job.
                db.RemoveRange(await db.Set<CareWalk>().Where(w => w.RuleId == rule.Id).ToListAsync(ct));
                await db.SaveChangesAsync(ct);
                TempData.Toast(text["Rule saved; its tasks are being made"]);
                return LocalRedirect("/activities/care");
            }
        }
        catch (RuleViolation wrong)
        {
            foreach (var (field, message) in wrong.Said(text))
                ModelState.AddModelError(field, message);
        }

        db.ChangeTracker.Clear();
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    public async Task<IActionResult> OnPostRemoveAsync(CancellationToken ct)
    {
        if (await db.Set<CareRule>().FirstOrDefaultAsync(r => r.Id == Id, ct) is not { } rule)
            return NotFound();
        db.Remove(rule);
        await db.SaveChangesAsync(ct);
        TempData.Toast(text["Rule removed"]);
        return LocalRedirect("/activities/care");
    }

    /// <summary>"14 days before Birthday, each year, for VIPs".</summary>
    public string Sentence(CareRule rule)
    {
        var field = _fields.FirstOrDefault(f => f.Type.Name == rule.Kind && f.Field.Name == rule.Field) is { Field: { } found } ? text[found.Label].Value : rule.Field;
        var when = rule.DaysBefore switch
        {
            0 => text["On the day: {0}", field],
            1 => text["The day before: {0}", field],
            _ => text["{0} days before: {1}", rule.DaysBefore, field],
        };
        return string.Join(", ", new[] { when.Value, rule.EachYear ? text["each year"].Value : text["once"].Value, rule.Segment }.OfType<string>());
    }

    private bool Write(CareRule rule)
    {
        var field = _fields.FirstOrDefault(f => Key(f.Type, f.Field.Name) == Input.Field);
        var segment = _segments.FirstOrDefault(s => Key(s.Type, s.Name) == Input.Segment);
        if (field.Type is null)
            ModelState.AddModelError("field", text["Choose the day."]);
        else if (!string.IsNullOrEmpty(Input.Segment) && segment.Type != field.Type)
            ModelState.AddModelError("segment", text["Choose a view of the same kind of customers."]);
        var days = 0;
        if (!string.IsNullOrWhiteSpace(Input.DaysBefore) && !int.TryParse(Input.DaysBefore, NumberStyles.None, CultureInfo.InvariantCulture, out days))
            ModelState.AddModelError("daysBefore", text["Give the days before, up to a year."]);
        if (!ModelState.IsValid)
            return false;
        (rule.Subject, rule.Kind, rule.Field) = ((Input.Subject ?? "").Trim(), field.Type!.Name, field.Field.Name);
        (rule.DaysBefore, rule.EachYear, rule.Segment) = (days, Input.EachYear, segment.Name);
        return true;
    }

    private async Task OpenAsync(CancellationToken ct)
    {
        Rules = await db.Set<CareRule>().AsNoTracking().OrderBy(r => r.Id).ToListAsync(ct);
        var rights = await db.RightsAsync(ct);
        foreach (var type in _kinds.Select(types.Find).OfType<RecordType>().Where(t => rights.May(t.ViewPermission)))
        {
            _fields.AddRange((await lists.FieldsAsync(type.Name, ct)).Where(f => f is { Kind: FieldKind.Date, HasColumn: true }).Select(f => (type, f)));
            _segments.AddRange((await lists.SharedSegmentsAsync(type.Name, ct)).Select(s => (type, s)));
        }
    }

    private static IEnumerable<SelectListItem> Items(IEnumerable<(RecordType Type, string Name, string Words)> found, string? now) =>
        found.Select(f => new SelectListItem(f.Words, Key(f.Type, f.Name), Key(f.Type, f.Name) == now)).Prepend(new SelectListItem("–", ""));

    private static string Key(RecordType type, string name) => $"{type.Name}:{name}";
}

/// <summary>What was typed into the form, as it was typed.</summary>
internal sealed class CareForm
{
    public string? Subject { get; set; }

    /// <summary>The customers' type and the field, with a colon between.</summary>
    public string? Field { get; set; }

    public string? DaysBefore { get; set; } = "0";

    public bool EachYear { get; set; } = true;

    /// <summary>The customers' type and the view, with a colon between.</summary>
    public string? Segment { get; set; }

    public static CareForm Of(CareRule rule) => new()
    {
        Subject = rule.Subject,
        Field = $"{rule.Kind}:{rule.Field}",
        DaysBefore = rule.DaysBefore.ToString(CultureInfo.InvariantCulture),
        EachYear = rule.EachYear,
        Segment = rule.Segment is { } segment ? $"{rule.Kind}:{segment}" : null,
    };
}
