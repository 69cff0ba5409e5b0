using Crm.Abstractions.Data;
using Crm.Abstractions.Security;
using Crm.Contacts.Organizations;
using Crm.Contacts.Panels;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Crm.Contacts.People;

/// <summary>The people whose employer an organisation is.</summary>
[Permission(ContactsPermissions.View)]
internal sealed class PanelModel(CrmDb db, IStringLocalizer<ContactsText> text) : ContactPanel(db)
{
    public IReadOnlyList<PersonRow> People { get; private set; } = [];

    public int Count { get; private set; }

    public string ListUrl => $"/contacts/people?filter={Uri.EscapeDataString($"organization eq \"{Id}\"")}";

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (!await OpenAsync(ct) || Contact.Kind != Organization.KindName)
            return NotFound();
        var people = (await Db.VisibleAsync<Person>(ct)).AsNoTracking().Where(p => p.OrganizationId == Id);
        Count = await people.CountAsync(ct);
        People = await people.OrderBy(p => p.Spine.SortKey).ThenBy(p => p.Id).Take(FewRows).Select(p => new PersonRow(p.Id, p.Spine.Title, p.JobTitle)).ToListAsync(ct);
        return Page();
    }

    protected override IStringLocalizer Words => text;
}

/// <summary>One of the people.</summary>
internal sealed record PersonRow(Guid Id, string Title, string? JobTitle);
