using Crm.Abstractions.Data;
using Crm.Abstractions.Security;
using Crm.Activities.Appointments;
using Crm.Calendar.Events;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;

namespace Crm.Activities.Calendar;

/// <summary>Calendars as files: a user's whole one at its secret address, and single appointments.</summary>
internal static class CalendarEnds
{
    private const string MediaType = "text/calendar; charset=utf-8";

    // A secret of ours is 43 signs; what is longer isn't looked for.
    private const int MostSecret = 100;

    public static void Map(IEndpointRouteBuilder routes)
    {
        // Programs that read calendars can't sign in: the address is the key, and leads to what its user sees and no further.
        routes.MapMethods("/calendar/{secret}.ics", [HttpMethods.Get, HttpMethods.Head], FeedAsync).AllowAnonymous();
        routes.MapGet("/activities/appointments/{id:guid}.ics", OneAsync).WithMetadata(new PermissionAttribute(ActivitiesPermissions.ViewCalendar));
    }

    private static async Task<Results<FileContentHttpResult, StatusCodeHttpResult, NotFound>> FeedAsync(string secret, HttpContext http, CrmDb db, IOnBehalf behalf, CancellationToken ct)
    {
        if (secret.Length > MostSecret)
            return TypedResults.NotFound();
        var hash = Feed.HashOf(secret);
        if (await db.Set<Feed>().AsNoTracking().Where(f => f.Hash == hash).Select(f => (Guid?)f.UserId).FirstOrDefaultAsync(ct) is not { } user)
            return TypedResults.NotFound();
        var site = new Uri($"{http.Request.Scheme}://{http.Request.Host}");
        if (await behalf.RunAsync(user, (services, ct) => services.GetRequiredService<ReadFeed>().RunAsync(site, ct), ct) is not { } read)
            return TypedResults.NotFound();
        http.Response.Headers.CacheControl = "private, no-cache";
        // The file result compares the mark with what the reader has, and answers 304.
        return TypedResults.File(read.Content, MediaType, entityTag: new EntityTagHeaderValue(read.Mark));
    }

    private static async Task<Results<FileContentHttpResult, NotFound>> OneAsync(Guid id, CrmDb db, TellGuests guests, SeenGuests seen, HttpContext http, CancellationToken ct)
    {
        var rows = await (await db.VisibleAsync<Appointment>(ct)).AsNoTracking().Include(a => a.Spine).Include(a => a.Skips).Include(a => a.Guests).AsSplitQuery()
            .Where(a => a.Id == id || (a.SeriesKey == id && a.State == AppointmentState.Planned)).ToListAsync(ct);
        if (rows.Find(a => a.Id == id) is not { } own)
            return TypedResults.NotFound();
        await seen.LeaveAsync(rows, ct);
        var organizer = own.Guests.Count > 0 ? await guests.OrganizerAsync(own, ct) : null;
        var site = new Uri($"{http.Request.Scheme}://{http.Request.Host}");
        var calendar = new CalendarObject { ProductId = CalendarText.Product, Events = CalendarText.Events([own, .. rows.Where(a => a.Id != id)], _ => organizer, site) };
        return TypedResults.File(calendar.ToBytes(), MediaType, $"appointment-{own.StartOn:yyyy-MM-dd}.ics");
    }
}
