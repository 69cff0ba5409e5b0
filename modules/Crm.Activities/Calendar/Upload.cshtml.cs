using Crm.Abstractions.Security;
using Crm.Activities.Appointments;
using Crm.Calendar;
using Crm.Calendar.Events;
using Crm.Ui.Shell;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Crm.Activities.Calendar;

/// <summary>Takes a calendar file in: events into one's own calendar, answers to where they belong.</summary>
[Permission(ActivitiesPermissions.EditCalendar)]
[RequestSizeLimit(MostBytes + 65_536)]
internal sealed class UploadModel(TakeCalendar take, IUserZone zone, IStringLocalizer<ActivitiesText> text) : PageModel
{
    private const int MostBytes = 2 * 1024 * 1024;

    public TakenCalendar? Taken { get; private set; }

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync(IFormFile? file, CancellationToken ct)
    {
        ModelState.Clear();
        if (file is null or { Length: 0 })
            return Refused(text["Choose a file that ends with .ics."]);
        if (file.Length > MostBytes)
            return Refused(text["The file is larger than {0} MB.", MostBytes / 1024 / 1024]);
        try
        {
            await using var content = file.OpenReadStream();
            var calendar = await CalendarObject.ReadAsync(content, new CalendarReading { MostBytes = MostBytes, PreferredZone = zone.Zone }, ct);
            Taken = await take.RunAsync(calendar, zone.Zone, ct);
            return Page();
        }
        catch (CalendarFormatException wrong)
        {
            return Refused(text["This is no calendar that can be read: {0}", wrong.Message]);
        }
    }

    private PageResult Refused(string why)
    {
        ModelState.AddModelError("file", why);
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }
}
