using Crm.Abstractions.Data;
using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Contacts.Panels;
using Crm.Ui.Shell;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Crm.Contacts.Relationships;

/// <summary>A contact's relationships, by type, with the other end as a link where the reader may see it.</summary>
[Permission(ContactsPermissions.View)]
internal sealed class PanelModel(CrmDb db, AddRelationship add, RemoveRelationship remove, IStringLocalizer<ContactsText> text) : ContactPanel(db)
{
    [BindProperty]
    public RelationshipForm Form { get; set; } = new();

    public IReadOnlyList<RelationshipGroup> Groups { get; private set; } = [];

    public int Count => Groups.Sum(g => g.Count);

    public string ToText { get; private set; } = "";

    public IEnumerable<SelectListItem> Types => RelationshipTypes.All.SelectMany(t => t.Forward == t.Backward
        ? new[] { new SelectListItem(text[t.Forward], t.Value) }
        : [new SelectListItem(text[t.Forward], t.Value), new SelectListItem(text[t.Backward], "-" + t.Value)]);

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await OpenAsync(ct) ? await ShowAsync(Page(), ct) : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!await OpenAsync(ct))
            return NotFound();
        if (!Form.IsKnown)
            ModelState.AddModelError("Form.Type", text["Choose how they are related."]);
        if (!ModelState.IsValid)
            return await ShowAsync(Incomplete(), ct);
        var other = await OtherAsync(Form.To!.Value, ct);
        if (other is null)
        {
            ModelState.AddModelError("Form.To", text["This was not found."]);
            return await ShowAsync(Incomplete(), ct);
        }

        // Who may change the first end may say what it is to others.
        if (!await Db.MayAsync(ContactsPermissions.Edit, Form.IsBackward ? other : Contact, ct))
            return Forbid();
        try
        {
            await add.RunAsync(Form.Made(Id), ct);
        }
        catch (RuleViolation violation)
        {
            return await ShowAsync(Refused(violation, nameof(Form)), ct);
        }

        Response.Toast(text["Relationship added"]);
        return await ShowAsync(Page(), ct);
    }

    public async Task<IActionResult> OnPostRemoveAsync(Guid relationship, CancellationToken ct)
    {
        if (!await OpenAsync(ct) || await FindAsync(relationship, await Db.VisibleAsync<Relationship>(ct), ct) is not { } found)
            return NotFound();
        if (!await Db.MayAsync(ContactsPermissions.Edit, found.Spine, ct))
            return Forbid();
        var wasEmployer = await remove.RunAsync(found, ct);
        Response.Toast(text["Relationship removed"], $"/contacts/relationships/panel/{Id}?handler=Undo&relationship={relationship}&employer={(wasEmployer ? "true" : "false")}");
        return await ShowAsync(Page(), ct);
    }

    public async Task<IActionResult> OnPostUndoAsync(Guid relationship, bool employer, CancellationToken ct)
    {
        if (!await OpenAsync(ct) || await FindAsync(relationship, Db.Set<Relationship>(), ct) is not { } found)
            return NotFound();
        if (!await Db.MayAsync(ContactsPermissions.Edit, found.Spine, ct))
            return Forbid();
        await remove.UndoAsync(found, employer, ct);
        return new NoContentResult();
    }

    protected override IStringLocalizer Words => text;

    private async Task<IActionResult> ShowAsync(IActionResult answer, CancellationToken ct)
    {
        // An organisation's people of today have a box of their own.
        var mine = (await Db.VisibleAsync<Relationship>(ct)).AsNoTracking().Where(r => r.FromId == Id
            || (r.ToId == Id && !(r.Type == RelationshipTypes.WorksFor && r.Role == "" && r.Until == null)));
        var counts = await mine.GroupBy(r => new { r.Type, Forward = r.FromId == Id }).Select(g => new { g.Key.Type, g.Key.Forward, Count = g.Count() }).ToListAsync(ct);
        var groups = new List<RelationshipGroup>();
        foreach (var group in counts.OrderBy(c => c.Count).ThenBy(c => c.Type, StringComparer.Ordinal))
        {
            var ordered = mine.Where(r => r.Type == group.Type && (r.FromId == Id) == group.Forward).OrderBy(r => r.Until != null);
            // Seen from the organisation, its members stand by rank; seen from the person, the newest first.
            ordered = group.Forward ? ordered.ThenByDescending(r => r.Id) : ordered.ThenBy(r => r.Rank == null).ThenBy(r => r.Rank).ThenBy(r => r.Id);
            var rows = await ordered.Take(Shown).ToListAsync(ct);
            var links = await LinksAsync(rows.Select(r => group.Forward ? r.ToId : r.FromId), ct);
            var type = RelationshipTypes.Of(group.Type);
            groups.Add(new RelationshipGroup(group.Forward ? type.Forward : type.Backward, group.Count, rows.ConvertAll(r => (r, links[group.Forward ? r.ToId : r.FromId]))));
        }

        Groups = groups;
        if (Add && Form.To is { } to)
            ToText = (await LinksAsync([to], ct))[to].Title;
        return answer;
    }

    private async Task<Spine?> OtherAsync(Guid id, CancellationToken ct) =>
        await (await Db.VisibleAmongAsync([id], ct, [People.Person.KindName, Organizations.Organization.KindName])).FirstOrDefaultAsync(ct);

    private Task<Relationship?> FindAsync(Guid id, IQueryable<Relationship> among, CancellationToken ct) =>
        among.Include(r => r.Spine).AsTracking().FirstOrDefaultAsync(r => r.Id == id && (r.FromId == Id || r.ToId == Id), ct);
}

/// <summary>The relationships of one type, seen from one end.</summary>
internal sealed record RelationshipGroup(string Label, int Count, IReadOnlyList<(Relationship Row, ContactLink Other)> Rows);
