using System.Globalization;
using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Activities.Appointments;
using Crm.Calendar.Zones;
using Crm.Ui.Shell;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Crm.Activities.Calendar;

/// <summary>One time of an appointment: moved by form or by hand, called off, or put back where it was.</summary>
[Permission(ActivitiesPermissions.ViewCalendar)]
internal sealed class EntryModel(MoveAppointment move, CallOff callOff, TakeBack back, AppointmentAdvice advice, IUserZone zone, TimeProvider clock, IStringLocalizer<ActivitiesText> text) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? At { get; set; }

    [BindProperty]
    public EntryForm Input { get; set; } = new();

    public Appointment Appointment { get; private set; } = null!;

    public Occurrence One { get; private set; } = null!;

    public bool MayEdit { get; private set; } = true;

    public bool IsOver => One.End <= clock.GetUtcNow();

    public TimeZoneInfo Zone => zone.Zone;

    public string When => Words(Appointment, One, Zone);

    /// <summary>When a time is, on the wall of whoever reads it.</summary>
    public static string Words(Appointment appointment, Occurrence one, TimeZoneInfo zone)
    {
        if (appointment.IsAllDay)
        {
            var (first, last) = (one.Local.ToString("D", CultureInfo.CurrentCulture), one.LocalEnd.AddDays(-1).ToString("D", CultureInfo.CurrentCulture));
            return first == last ? first : $"{first} – {last}";
        }

        var (start, end) = (LocalTimes.FromUtc(one.Start.UtcDateTime, zone), LocalTimes.FromUtc(one.End.UtcDateTime, zone));
        return $"{start.ToString("f", CultureInfo.CurrentCulture)} – {end.ToString(start.Date == end.Date ? "t" : "f", CultureInfo.CurrentCulture)}";
    }

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        if (!await FindAsync(id, ct))
            return NotFound();
        Input = EntryForm.Of(Appointment, One, Zone);
        return Page();
    }

    /// <summary>The form, and the hand that drags: both say where it goes, and how much of a series is meant.</summary>
    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken ct)
    {
        ModelState.Clear();
        if (!await FindAsync(id, ct))
            return NotFound();
        if (!MayEdit)
            return Refused(text["You are not allowed to change this appointment."], StatusCodes.Status403Forbidden);
        try
        {
            var to = Input.Read(Appointment, One, Zone);
            var was = new NewTime(One.Local, One.LocalEnd, Appointment.IsAllDay);
            var rule = Appointment.Rule;
            var moved = await move.RunAsync(Appointment, One.Local, to, Input.Reach, ct);
            var said = string.Join(" · ", (await advice.OnAsync(moved.Id, ct)).Select(w => w.In(text)).Prepend(text["Moved to {0}", Words(moved, moved.At(to.Start) ?? One, Zone)].Value));
            return Done(said, moved.Id == Appointment.Id ? Undo(moved, Stamp(to.Start), was, rule)
                : Input.Reach == Reach.One ? $"/activities/calendar/entry/{moved.Id}?handler=rejoin"
                : $"/activities/calendar/entry/{moved.Id}?handler=part&from={Appointment.Id}&at={Uri.EscapeDataString(Stamp(was.Start))}&rule={Uri.EscapeDataString(rule!)}");
        }
        catch (RuleViolation wrong)
        {
            return Refused(string.Join(' ', wrong.Said(text).Select(m => m.Text)), StatusCodes.Status422UnprocessableEntity);
        }
    }

    public async Task<IActionResult> OnPostCallOffAsync(Guid id, CancellationToken ct)
    {
        ModelState.Clear();
        if (!await FindAsync(id, ct))
            return NotFound();
        if (!MayEdit)
            return Refused(text["You are not allowed to change this appointment."], StatusCodes.Status403Forbidden);
        var undo = $"/activities/calendar/entry/{id}?handler=resume&at={Uri.EscapeDataString(At!)}&reach={Input.Reach}&rule={Uri.EscapeDataString(Appointment.Rule ?? "")}";
        try
        {
            await callOff.RunAsync(Appointment, One.Local, Input.Reach, ct);
        }
        catch (RuleViolation wrong)
        {
            return Refused(string.Join(' ', wrong.Said(text).Select(m => m.Text)), StatusCodes.Status422UnprocessableEntity);
        }

        return Done(text["Called off"], undo);
    }

    /// <summary>Undo of a single time's move.</summary>
    public Task<IActionResult> OnPostRejoinAsync(Guid id, CancellationToken ct) =>
        TakeBackAsync(id, single => move.RejoinAsync(single, clock.GetUtcNow(), ct), ct);

    /// <summary>Undo of a move of all of a series.</summary>
    public Task<IActionResult> OnPostBackAsync(Guid id, string? rule, CancellationToken ct) =>
        TakeBackAsync(id, series => back.MoveAsync(series, ReadAt(), Input.ReadLocal(series.IsAllDay), rule, ct), ct);

    /// <summary>Undo of a calling off.</summary>
    public Task<IActionResult> OnPostResumeAsync(Guid id, Reach reach, string? rule, CancellationToken ct) =>
        TakeBackAsync(id, series => back.CallingOffAsync(series, ReadAt(), reach, rule, ct), ct);

    /// <summary>Undo of a move of one time and all that follow.</summary>
    public Task<IActionResult> OnPostPartAsync(Guid id, Guid from, string? rule, CancellationToken ct) =>
        TakeBackAsync(id, rest => back.PartingAsync(rest, from, ReadAt(), rule, clock.GetUtcNow(), ct), ct);

    private DateTime ReadAt() => DateTime.TryParseExact(At, CalendarEntries.AtFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) && at.Year is >= 1900 and <= 8900
        ? at : throw new RuleViolation("", "Choose a day and a time.");

    private async Task<IActionResult> TakeBackAsync(Guid id, Func<Appointment, Task> act, CancellationToken ct)
    {
        ModelState.Clear();
        try
        {
            if (await move.FindAsync(id, ct) is not { } found)
                return NotFound();
            await act(found);
        }
        catch (NotAllowed)
        {
            return Problem(text["You are not allowed to change this appointment."], StatusCodes.Status403Forbidden);
        }
        catch (RuleViolation wrong)
        {
            return Problem(string.Join(' ', wrong.Said(text).Select(m => m.Text)), StatusCodes.Status422UnprocessableEntity);
        }

        return StatusCode(StatusCodes.Status204NoContent);
    }

    private async Task<bool> FindAsync(Guid id, CancellationToken ct)
    {
        try
        {
            if (await move.FindAsync(id, ct) is not { } found)
                return false;
            Appointment = found;
        }
        catch (NotAllowed)
        {
            MayEdit = false;
            if (await move.ReadAsync(id, ct) is not { } found)
                return false;
            Appointment = found;
        }

        var at = DateTime.TryParseExact(At, CalendarEntries.AtFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var read) ? read : Appointment.LocalStart;
        if ((Appointment.At(at) ?? (At is null ? Appointment.NextAfter(DateTimeOffset.MinValue.AddDays(2)) : null)) is not { } one)
            return false;
        (One, At) = (one, Stamp(one.Local));
        return true;
    }

    private IActionResult Done(string said, string? undo)
    {
        if (!Request.Headers.ContainsKey("HX-Request"))
        {
            TempData.Toast(said, undo);
            return LocalRedirect($"/activities/calendar?on={One.Local.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}");
        }

        Response.Toast(said, undo);
        return StatusCode(StatusCodes.Status204NoContent);
    }

    private JsonResult Problem(string why, int status) =>
        new(new ProblemDetails { Title = text["This can't be done"], Detail = why, Status = status }) { StatusCode = status, ContentType = "application/problem+json" };

    private IActionResult Refused(string why, int status)
    {
        if (Request.Headers.ContainsKey("HX-Request"))
            return Problem(why, status);
        ModelState.AddModelError("", why);
        Response.StatusCode = status;
        return Page();
    }

    // A series does not find its way back by a move: what was the last Friday may be the third by now.
    private static string Undo(Appointment moved, string at, NewTime to, string? rule)
    {
        var undo = $"/activities/calendar/entry/{moved.Id}?at={Uri.EscapeDataString(at)}&Input.Local={Stamp(to.Start)}&Input.LocalEnd={Stamp(to.End)}";
        return rule is null ? $"{undo}&Input.Reach={Reach.All}" : $"{undo}&handler=back&rule={Uri.EscapeDataString(rule)}";
    }

    private static string Stamp(DateTime local) => local.ToString(CalendarEntries.AtFormat, CultureInfo.InvariantCulture);
}
