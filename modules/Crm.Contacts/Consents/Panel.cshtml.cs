using Crm.Abstractions.Data;
using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Contacts.Panels;
using Crm.Ui.Shell;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Crm.Contacts.Consents;

/// <summary>What a contact said about each channel, newest first, with where it was said.</summary>
[Permission(ContactsPermissions.View)]
internal sealed class PanelModel(CrmDb db, IRecordTypes types, TimeProvider clock, IUserZone zone, IStringLocalizer<ContactsText> text) : ContactPanel(db)
{
    [BindProperty]
    public ConsentForm Form { get; set; } = new();

    public IReadOnlyList<Consent> Rows { get; private set; } = [];

    /// <summary>How many were said in all, the earlier ones included.</summary>
    public int Count { get; private set; }

    public IEnumerable<SelectListItem> Channels => ConsentRecord.Channels.Select(c => new SelectListItem(text[c.Label], c.Value));

    public IEnumerable<SelectListItem> States => ConsentRecord.States.Select(c => new SelectListItem(text[c.Label], c.Value));

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await OpenAsync(ct) ? await ShowAsync(Page(), ct) : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!await OpenAsync(ct))
            return NotFound();
        if (!MayEdit)
            return Forbid();
        if (!ModelState.IsValid)
            return await ShowAsync(Incomplete(), ct);
        var consent = Consent.Of(Id, At());
        (consent.Channel, consent.State, consent.Source) = (Form.Channel, Form.State, Form.Source!.Trim());
        try
        {
            ((RecordType<Consent>)types.Of(typeof(Consent))).Check(consent);
            Db.Add(consent);
            await Db.SaveChangesAsync(ct);
        }
        catch (RuleViolation violation)
        {
            return await ShowAsync(Refused(violation, nameof(Form)), ct);
        }

        Response.Toast(text["Consent noted"]);
        return await ShowAsync(Page(), ct);
    }

    protected override IStringLocalizer Words => text;

    // A day in the reader's zone; today means this moment, so that of two answers on one day the later one counts.
    private DateTimeOffset At()
    {
        var now = clock.GetUtcNow();
        if (Form.On is not { } day || day == DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone.Zone).DateTime))
            return now;
        var noon = day.ToDateTime(new TimeOnly(12, 0));
        return new DateTimeOffset(noon, zone.Zone.GetUtcOffset(noon)).ToUniversalTime();
    }

    private async Task<IActionResult> ShowAsync(IActionResult answer, CancellationToken ct)
    {
        var said = await (await Db.VisibleAsync<Consent>(ct)).AsNoTracking().Include(c => c.Spine).Where(c => c.RecordId == Id)
            .OrderByDescending(c => c.At).ThenByDescending(c => c.Id).Take(MostRows).ToListAsync(ct);
        Count = said.Count;
        Rows = All ? said : ConsentsNow.Newest(said).OrderBy(c => c.Channel, StringComparer.Ordinal).ToList();
        return answer;
    }
}
