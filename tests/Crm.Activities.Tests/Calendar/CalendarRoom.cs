using System.Net.Http.Json;
using System.Text.Json;
using Crm.Activities.Appointments;
using Crm.Testing;
using Microsoft.EntityFrameworkCore;

namespace Crm.Activities.Tests.Calendar;

/// <summary>What tests of the calendar do with it.</summary>
internal static class CalendarRoom
{
    public const string Week = "/activities/calendar?view=week&on=2026-03-02";

    /// <summary>Moves one of an appointment's times as the script posts it: the token in the header, the answer for htmx.</summary>
    public static Task<HttpResponseMessage> MoveAsync(this Browser browser, Guid id, string at, Dictionary<string, string> to) =>
        browser.DragAsync($"/activities/calendar/entry/{id}", new(to) { ["At"] = at }, Week);

    /// <summary>Calls one of its times off.</summary>
    public static Task<HttpResponseMessage> CallOffAsync(this Browser browser, Guid id, string at, string reach = "One") =>
        browser.DragAsync($"/activities/calendar/entry/{id}?handler=CallOff", new() { ["At"] = at, ["Input.Reach"] = reach }, Week);

    /// <summary>The address of Undo that an answer gave.</summary>
    public static string UndoOf(this HttpResponseMessage done) =>
        JsonDocument.Parse(done.Headers.GetValues("HX-Trigger").Single()).RootElement.GetProperty("toast").GetProperty("undoUrl").GetString()!;

    /// <summary>Changes an appointment by the API.</summary>
    public static async Task<HttpResponseMessage> PatchAsync(this HttpClient api, Guid id, object change)
    {
        using var read = await api.GetAsync(new Uri($"/api/v1/appointments/{id}", UriKind.Relative));
        using var ask = new HttpRequestMessage(HttpMethod.Patch, new Uri($"/api/v1/appointments/{id}", UriKind.Relative)) { Content = JsonContent.Create(change) };
        ask.Headers.TryAddWithoutValidation("If-Match", read.Headers.ETag!.ToString());
        return await api.SendAsync(ask);
    }

    /// <summary>All times of a series in March and April 2026, and of what stands for parts of it, in order.</summary>
    public static async Task<List<string>> TimesAsync(this CrmHost host, Guid id, int count)
    {
        List<string> times = [];
        await host.InAsync(async db =>
        {
            var one = await db.Set<Appointment>().Where(a => a.Id == id).Select(a => new { a.Spine.OwnerId, a.Subject }).SingleAsync();
            var all = await db.Set<Appointment>().Include(a => a.Skips).Where(a => a.Spine.OwnerId == one.OwnerId && a.Subject == one.Subject && a.Spine.DeletedAt == null && a.State == AppointmentState.Planned).ToListAsync();
            var from = new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
            times = [.. all.SelectMany(a => a.Between(from, from.AddDays(90))).OrderBy(o => o.Start).Take(count).Select(o => o.Start.ToString("dd'T'HH:mm", null))];
        });
        return times;
    }
}
