using Crm.Abstractions.Data;
using Crm.Abstractions.Security;
using Crm.Contacts.Panels;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Crm.Contacts.Organizations;

/// <summary>What an organisation is a part of, from the top, and its own parts.</summary>
[Permission(ContactsPermissions.View)]
internal sealed class PanelModel(CrmDb db, IStringLocalizer<ContactsText> text) : ContactPanel(db)
{
    private const int Deepest = 20;

    /// <summary>From the top down to the one that it is directly a part of.</summary>
    public IReadOnlyList<ContactLink> Above { get; private set; } = [];

    public IReadOnlyList<ContactLink> Parts { get; private set; } = [];

    public int Count { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (!await OpenAsync(ct) || Contact.Kind != Organization.KindName)
            return NotFound();
        Above = await AboveAsync(ct);
        var parts = (await Db.VisibleAsync<Organization>(ct)).AsNoTracking().Where(o => o.ParentId == Id);
        Count = await parts.CountAsync(ct);
        Parts = await parts.OrderBy(o => o.Spine.SortKey).ThenBy(o => o.Id).Take(Shown).Select(o => new ContactLink(o.Id, Organization.KindName, o.Spine.Title)).ToListAsync(ct);
        return Page();
    }

    protected override IStringLocalizer Words => text;

    private async Task<List<ContactLink>> AboveAsync(CancellationToken ct)
    {
        var ids = new List<Guid>();
        var next = await ParentOfAsync(Id, ct);
        while (next is { } id && ids.Count < Deepest && !ids.Contains(id))
        {
            ids.Insert(0, id);
            next = await ParentOfAsync(id, ct);
        }

        var links = await LinksAsync(ids, ct);
        return ids.ConvertAll(id => links[id]);
    }

    private Task<Guid?> ParentOfAsync(Guid id, CancellationToken ct) =>
        Db.Set<Organization>().AsNoTracking().Where(o => o.Id == id).Select(o => o.ParentId).FirstOrDefaultAsync(ct);
}
