using System.Globalization;
using Crm.Abstractions.Data;
using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Activities.Appointments;
using Crm.Ui.Shell;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Crm.Activities.Interactions;

/// <summary>Logs a contact in seconds: a page of its own, and the box above a record's timeline.</summary>
[Permission(ActivitiesPermissions.Edit)]
internal sealed class LogModel(CrmDb db, LogInteraction log, SecondThoughts thoughts, AppointmentOutcome outcome, IChoices choices, IRecordTypes types, IStaff staff, IUserZone zone, TimeProvider clock, IStringLocalizer<ActivitiesText> text) : PageModel
{
    [BindProperty]
    public LogForm Input { get; set; } = new();

    /// <summary>The record on whose page the box stands; null on the page of its own.</summary>
    public Guid? Id { get; private set; }

    public string Title { get; private set; } = "";

    public IReadOnlyList<FieldOption> Channels => Offered(ActivitiesLists.Channels, Input.Channel);

    public IEnumerable<SelectListItem> Outcomes => Items(ActivitiesLists.Outcomes, Input.Outcome);

    public IEnumerable<SelectListItem> Results => Items(ActivitiesLists.Results, Input.ResultType);

    public IReadOnlyList<SelectListItem> With { get; private set; } = [];

    public IReadOnlyList<SelectListItem> Colleagues { get; private set; } = [];

    public string? NextBy { get; private set; }

    /// <summary>A next step becomes a task, which not everybody may make.</summary>
    public bool MayPlan { get; private set; }

    public string Tomorrow => Day(1);

    public string NextWeek => Day(7);

    public string NextMonth => Day(30);

    private DateTime Now => LocalTime.Local(clock.GetUtcNow(), zone.Zone);

    public async Task<IActionResult> OnGetAsync(Guid? id, Guid? about, Guid? appointment, string? at, CancellationToken ct)
    {
        var planned = appointment is { } was ? await outcome.FormAsync(was, at, zone.Zone, ct) : null;
        Input = planned ?? Input;
        MayPlan = await log.MayPlanAsync(ct);
        if (planned is not null)
            await AimAsync(planned, ct);
        if (await FindAsync(id ?? about ?? planned?.About, ct) is false)
            return NotFound();
        Id = id;
        var (channel, when) = (Input.Channel, Input.At);
        Begin();
        (Input.Channel, Input.At) = (channel ?? Input.Channel, when ?? Input.At);
        await ChooseAsync(ct);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid? id, CancellationToken ct)
    {
        Id = id;
        MayPlan = await log.MayPlanAsync(ct);
        var about = id ?? Input.About;
        // What could not be bound was left empty or was no answer to choose from.
        ModelState.Clear();
        if (about is null)
            ModelState.AddModelError("about", text["Say whom this was about."]);
        else if (await FindAsync(about, ct) is false)
            return NotFound();
        try
        {
            if (Input.Read(Channels, zone.Zone, ModelState, text) is { } contact)
            {
                var logged = await log.RunAsync(about!.Value, contact, ct);
                return await DoneAsync(about.Value, logged.Id, contact, ct);
            }
        }
        catch (RuleViolation wrong)
        {
            foreach (var (field, message) in wrong.Said(text))
                ModelState.AddModelError(field == "result" ? "amount" : field, message);
        }

        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        await ChooseAsync(ct);
        return Page();
    }

    private async Task<IActionResult> DoneAsync(Guid about, Guid logged, LoggedContact contact, CancellationToken ct)
    {
        var done = contact.Next is null ? text["Contact logged"] : text["Contact logged, next step on {0}", contact.Next.On.ToString("d", CultureInfo.CurrentCulture)];
        var said = await thoughts.AfterAsync(Interaction.KindName, logged, done, ct);
        if (Id is null)
        {
            TempData.Toast(said);
            var kind = await db.Records.Where(r => r.Id == about).Select(r => r.Kind).FirstAsync(ct);
            return LocalRedirect(types.Find(kind)!.UrlOf(about));
        }

        Response.Toast(said);
        Response.Headers["HX-Trigger-After-Swap"] = "story-changed";
        Input = new LogForm();
        ModelState.Clear();
        Begin();
        return Page();
    }

    private void Begin() => (Input.Channel, Input.At, Input.About) = (Channels.Count > 0 ? Channels[Math.Min(1, Channels.Count - 1)].Value : null, Now.ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture), Input.About);

    // Whoever took part may not see each customer who did: it is about the first that he sees, or he says about whom.
    private async Task AimAsync(LogForm planned, CancellationToken ct)
    {
        foreach (var met in planned.With.Cast<Guid?>().Prepend(planned.About).OfType<Guid>().ToList())
        {
            if (await log.FindAsync(met, ct) is null)
                continue;
            planned.About = met;
            planned.With.Remove(met);
            return;
        }

        planned.About = null;
    }

    // Null where nobody is named yet.
    private async Task<bool?> FindAsync(Guid? about, CancellationToken ct)
    {
        if (about is not { } id)
            return null;
        if (await log.FindAsync(id, ct) is not { } record)
            return false;
        (Input.About, Title) = (id, record.Title);
        return true;
    }

    private async Task ChooseAsync(CancellationToken ct)
    {
        var people = await (await db.VisibleAmongAsync(Input.With, ct, ["person"])).AsNoTracking().Select(r => new { r.Id, r.Title }).ToListAsync(ct);
        With = people.ConvertAll(p => new SelectListItem(p.Title, p.Id.ToString(), selected: true));
        var names = await staff.NamesAsync([.. Input.Colleagues, .. Input.NextBy is { } by ? [by] : (IEnumerable<Guid>)[]], ct);
        Colleagues = [.. Input.Colleagues.Where(names.ContainsKey).Select(c => new SelectListItem(names[c], c.ToString(), selected: true))];
        NextBy = Input.NextBy is { } assignee ? names.GetValueOrDefault(assignee) : null;
    }

    private string Day(int days) => Now.AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private IReadOnlyList<FieldOption> Offered(ChoiceList list, string? now) => [.. choices.Of(list.Name).Where(c => !c.IsRetired || c.Value == now)];

    private IEnumerable<SelectListItem> Items(ChoiceList list, string? now) =>
        Offered(list, now).Select(c => new SelectListItem(text[c.Label], c.Value, c.Value == now)).Prepend(new SelectListItem("–", ""));
}
