using System.Globalization;
using Crm.Abstractions.Data;
using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Activities.Holidays;
using Crm.Calendar.Zones;
using Crm.Ui.Shell;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Crm.Activities.Appointments;

/// <summary>Plans an appointment, or changes one with all its times.</summary>
[Permission(ActivitiesPermissions.EditCalendar)]
internal sealed class PlanModel(CrmDb db, MoveAppointment move, SecondThoughts thoughts, WorkingTime working, IChoices choices, IStaff staff, IUserZone zone, TimeProvider clock, IStringLocalizer<ActivitiesText> text) : PageModel
{
    [BindProperty]
    public PlanForm Input { get; set; } = new();

    public Appointment? Appointment { get; private set; }

    public string? AboutTitle { get; private set; }

    public string? WhoseName { get; private set; }

    public IReadOnlyList<SelectListItem> With { get; private set; } = [];

    public IReadOnlyList<SelectListItem> Colleagues { get; private set; } = [];

    public IEnumerable<SelectListItem> Channels => choices.Of(ActivitiesLists.Channels.Name).Where(c => !c.IsRetired || c.Value == Input.Channel)
        .Select(c => new SelectListItem(text[c.Label], c.Value, c.Value == Input.Channel)).Prepend(new SelectListItem("–", ""));

    public IEnumerable<SelectListItem> Repeats => RepeatChoice.Items(Input.Repeat ?? "", Input.ReadStart() ?? Today, text);

    /// <summary>True where the reader may put an appointment into another's calendar.</summary>
    public bool MayNameWhose { get; private set; }

    /// <summary>What a holiday on the day is called, or null.</summary>
    public string? Holiday { get; private set; }

    private DateOnly Today => DateOnly.FromDateTime(LocalTimes.FromUtc(clock.GetUtcNow().UtcDateTime, zone.Zone));

    public async Task<IActionResult> OnGetAsync(Guid? id, string? at, string? on, Guid? whose, Guid? about, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is { } refused)
            return refused;
        Input = Appointment is { } old ? PlanForm.Of(old) : Begin(at, on, MayNameWhose ? whose : null, about);
        await ChooseAsync(ct);
        return Page();
    }

    /// <summary>What is to be said about a day before anybody plans on it.</summary>
    public async Task<IActionResult> OnGetDayAsync([FromQuery(Name = "Input.StartOn")] string? startOn, [FromQuery(Name = "Input.Whose")] Guid? whose, CancellationToken ct)
    {
        Input = new PlanForm { StartOn = startOn, Whose = whose };
        await WarnAsync(ct);
        return Partial("_Holiday", this);
    }

    public async Task<IActionResult> OnPostAsync(Guid? id, CancellationToken ct)
    {
        // What could not be bound was left empty or was no answer to choose from.
        ModelState.Clear();
        if (await FindAsync(id, ct) is { } refused)
            return refused;
        try
        {
            if (Appointment is { } old && Input.Version != old.Spine.Version)
                throw new DbUpdateConcurrencyException();
            return await SaveAsync(ct);
        }
        catch (RuleViolation wrong)
        {
            foreach (var (field, message) in wrong.Said(text))
                ModelState.AddModelError(field, message);
        }
        catch (DbUpdateConcurrencyException) when (id is not null)
        {
            // What was half done is forgotten: the form begins anew from what is there now.
            db.ChangeTracker.Clear();
            if (await FindAsync(id, ct) is { } gone)
                return gone;
            Input = Input.Over(Appointment!);
            ModelState.AddModelError("", text["Somebody changed this in the meantime. What you left as it was is shown as it is now: look at it again, then save."]);
        }

        await ChooseAsync(ct);
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    private async Task<IActionResult> SaveAsync(CancellationToken ct)
    {
        var appointment = Appointment ?? Appointments.Appointment.New();
        Input.Write(appointment);
        await LinkAsync(appointment, ct);
        appointment.Check();
        if (Appointment is null)
            db.Add(appointment);
        await db.SaveChangesAsync(ct);
        var said = Appointment is null ? text["Planned"] : text["Saved"];
        TempData.Toast(await thoughts.AfterAsync(Appointment.KindName, appointment.Id, said, ct));
        return LocalRedirect($"/activities/calendar?on={appointment.StartOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}");
    }

    private async Task<IActionResult?> FindAsync(Guid? id, CancellationToken ct)
    {
        MayNameWhose = (await db.RightsAsync(ct)).May(CorePermissions.HandOverRecords.Name);
        if (id is not { } old)
            return null;
        try
        {
            Appointment = await move.FindAsync(old, ct);
            return Appointment is null ? NotFound() : null;
        }
        catch (NotAllowed)
        {
            return Forbid();
        }
    }

    private PlanForm Begin(string? at, string? on, Guid? whose, Guid? about)
    {
        var now = LocalTimes.FromUtc(clock.GetUtcNow().UtcDateTime, zone.Zone);
        var start = DateTimeOffset.TryParseExact(at, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            ? LocalTimes.FromUtc(moment.UtcDateTime, zone.Zone)
            : DateOnly.TryParseExact(on, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day.ToDateTime(new TimeOnly(Math.Min(now.Hour + 1, 22), 0))
            : now.Date.AddHours(now.Hour + 1);
        var end = start.AddHours(1);
        string Day(DateTime time) => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        string Time(DateTime time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);
        return new PlanForm { StartOn = Day(start), StartTime = Time(start), EndOn = Day(end), EndTime = Time(end), Zone = zone.Zone.Id, Whose = whose, About = about, Remind = "15" };
    }

    private async Task LinkAsync(Appointment appointment, CancellationToken ct)
    {
        if (Input.Channel is { Length: > 0 } channel && choices.Of(ActivitiesLists.Channels.Name).All(c => c.Value != channel))
            throw new RuleViolation("channel", "Choose how you will be in touch.");
        var kept = appointment.Spine.Abouts.Select(a => a.AboutId).ToHashSet();
        var asked = Input.With.Concat(Input.About is { } one ? [one] : []).Where(r => !kept.Contains(r)).Distinct().ToList();
        if (asked.Count > 0 && await (await db.VisibleAmongAsync(asked, ct, ["person", "organization"])).CountAsync(ct) < asked.Count)
            throw new RuleViolation("with", "This was not found.");
        var asks = Appointment is null ? Input.Whose : null;
        var users = Input.Colleagues.Where(u => !appointment.Colleagues.Exists(c => c.UserId == u)).Concat(asks is { } owner ? [owner] : []).Distinct().ToList();
        if (users.Except((await staff.ActiveAsync(ct)).Select(s => s.Id)).Any())
            throw new RuleViolation("colleagues", "This was not found.");
        // As at every other door: whoever plans in another's name gives a record to its owner.
        if (asks is { } other && other != (await db.RightsAsync(ct)).UserId && !MayNameWhose)
            throw new RuleViolation("whose", "You are not allowed to set this.");
        appointment.AboutId = Input.About;
        appointment.Meet(Input.With);
        appointment.TakePart(Input.Colleagues);
        // Whose calendar it is, is said at the beginning; afterwards it is handed over.
        if (asks is { } whose)
            appointment.Assign(whose);
    }

    private async Task WarnAsync(CancellationToken ct)
    {
        var whose = Input.Whose ?? (await db.RightsAsync(ct)).UserId;
        if (whose is { } user && Input.ReadStart() is { } day)
            Holiday = (await working.OfAsync([user], ct)).GetValueOrDefault(user)?.HolidayOn(day);
    }

    private async Task ChooseAsync(CancellationToken ct)
    {
        await WarnAsync(ct);
        var wanted = Input.With.Concat(Input.About is { } about ? [about] : []).ToList();
        var titles = await (await db.VisibleAmongAsync(wanted, ct, ["person", "organization"])).AsNoTracking().ToDictionaryAsync(r => r.Id, r => r.Title, ct);
        AboutTitle = Input.About is { } id ? titles.GetValueOrDefault(id, text["Restricted"]) : null;
        With = [.. Input.With.Distinct().Select(p => new SelectListItem(titles.GetValueOrDefault(p, text["Restricted"]), p.ToString(), selected: true))];
        var names = await staff.NamesAsync([.. Input.Colleagues, .. Input.Whose is { } w ? [w] : (IEnumerable<Guid>)[]], ct);
        Colleagues = [.. Input.Colleagues.Distinct().Where(names.ContainsKey).Select(c => new SelectListItem(names[c], c.ToString(), selected: true))];
        WhoseName = Input.Whose is { } owner ? names.GetValueOrDefault(owner) : null;
    }
}
