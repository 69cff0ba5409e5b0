using Crm.Abstractions.Data;
using Crm.Abstractions.Security;
using Crm.Contacts.Panels;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Crm.Contacts.Contacts;

/// <summary>The only colleagues who may contact a contact; no box at all where everybody may.</summary>
[Permission(ContactsPermissions.View)]
internal sealed class PanelModel(CrmDb db, IStaff staff, IStringLocalizer<ContactsText> text) : ContactPanel(db)
{
    public IReadOnlyList<string> Names { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (!await OpenAsync(ct))
            return NotFound();
        var users = await Db.Set<DesignatedPerson>().AsNoTracking().Where(d => d.RecordId == Id).Select(d => d.UserId).ToListAsync(ct);
        if (users.Count == 0)
            return Content("");
        Names = (await staff.NamesAsync(users, ct)).Values.Order(StringComparer.CurrentCulture).ToList();
        return Page();
    }

    protected override IStringLocalizer Words => text;
}
