using Crm.Abstractions.Data;
using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Contacts.Panels;
using Crm.Ui.Shell;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Crm.Contacts.Addresses;

/// <summary>A contact's further addresses; added, changed and removed in place.</summary>
[Permission(ContactsPermissions.View)]
internal sealed class PanelModel(CrmDb db, IRecordTypes types, TimeProvider clock, IStringLocalizer<ContactsText> text) : ContactPanel(db)
{
    [BindProperty]
    public AddressForm Form { get; set; } = new();

    /// <summary>The address that the form changes, or null for a new one.</summary>
    [FromQuery]
    public Guid? Address { get; set; }

    public IReadOnlyList<Address> Rows { get; private set; } = [];

    public int Count { get; private set; }

    public IEnumerable<SelectListItem> Uses =>
        [new SelectListItem(text["Not said"], ""), .. AddressRecord.Uses.Select(u => new SelectListItem(text[u.Label], u.Value))];

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (!await OpenAsync(ct))
            return NotFound();
        if (Address is { } id && await FindAsync(id, await Db.VisibleAsync<Address>(ct), ct) is { } found)
            (Form, Add) = (AddressForm.Of(found), true);
        return await ShowAsync(Page(), ct);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!await OpenAsync(ct))
            return NotFound();
        if (!MayEdit)
            return Forbid();
        if (!ModelState.IsValid)
            return await ShowAsync(Incomplete(), ct);
        var address = Address is { } id ? await FindAsync(id, await Db.VisibleAsync<Address>(ct), ct) : Addresses.Address.Of(Id);
        if (address is null)
            return NotFound();
        if (Address is not null && Form.Version != address.Spine.Version)
            return await StaleAsync(AddressForm.Of(address), ct);
        try
        {
            Form.WriteTo(address);
            var type = (RecordType<Address>)types.Of(typeof(Address));
            type.CheckTexts(address);
            type.Check(address);
            if (Address is null)
                Db.Add(address);
            await Db.SaveChangesAsync(ct);
        }
        catch (RuleViolation violation)
        {
            Db.ChangeTracker.Clear();
            return await ShowAsync(Refused(violation, nameof(Form)), ct);
        }

        Response.Toast(text["Address saved"]);
        return await ShowAsync(Page(), ct);
    }

    public Task<IActionResult> OnPostRemoveAsync(CancellationToken ct) => BinAsync(clock.GetUtcNow(), ct);

    public Task<IActionResult> OnPostUndoAsync(CancellationToken ct) => BinAsync(null, ct);

    protected override IStringLocalizer Words => text;

    // Nobody overwrites unseen what somebody else saved: theirs stands at each field, and saving again keeps what is filled in.
    private Task<IActionResult> StaleAsync(AddressForm theirs, CancellationToken ct)
    {
        ModelState.AddModelError("", text["Somebody else saved this address while you were writing. Look at what they wrote, then save again."]);
        foreach (var (field, value) in theirs.Unlike(Form))
            ModelState.AddModelError($"{nameof(Form)}.{field}", text["Somebody else wrote: {0}", value.Length == 0 ? text["(nothing)"].Value : value]);
        // The form shows what was posted unless the posted value goes.
        ModelState.Remove($"{nameof(Form)}.{nameof(AddressForm.Version)}");
        Form.Version = theirs.Version;
        return ShowAsync(Incomplete(), ct);
    }

    private async Task<IActionResult> BinAsync(DateTimeOffset? deletedAt, CancellationToken ct)
    {
        if (!await OpenAsync(ct) || Address is not { } id || await FindAsync(id, Db.Set<Address>(), ct) is not { } address)
            return NotFound();
        if (!MayEdit)
            return Forbid();
        address.Spine.DeletedAt = deletedAt;
        await Db.SaveChangesAsync(ct);
        if (deletedAt is null)
            return new NoContentResult();
        Response.Toast(text["Address removed"], $"/contacts/addresses/panel/{Id}?handler=Undo&address={id}");
        return await ShowAsync(Page(), ct);
    }

    private async Task<IActionResult> ShowAsync(IActionResult answer, CancellationToken ct)
    {
        var rows = (await Db.VisibleAsync<Address>(ct)).AsNoTracking().Where(a => a.RecordId == Id);
        Count = await rows.CountAsync(ct);
        Rows = await rows.OrderByDescending(a => a.Id).Take(Shown).ToListAsync(ct);
        return answer;
    }

    private Task<Address?> FindAsync(Guid id, IQueryable<Address> among, CancellationToken ct) =>
        among.Include(a => a.Spine).AsTracking().FirstOrDefaultAsync(a => a.Id == id && a.RecordId == Id, ct);
}
