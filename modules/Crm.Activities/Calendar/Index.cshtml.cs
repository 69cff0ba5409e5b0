using System.Globalization;
using Crm.Abstractions.Data;
using Crm.Abstractions.Security;
using Crm.Activities.Holidays;
using Crm.Calendar.Zones;
using Crm.Ui.Shell;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Crm.Activities.Calendar;

/// <summary>Day, week, month and agenda, of the reader and of colleagues beside him.</summary>
[Permission(ActivitiesPermissions.ViewCalendar)]
internal sealed class IndexModel(CrmDb db, CalendarEntries entries, WorkingTime working, IStaff staff, IUserZone zone, TimeProvider clock) : PageModel
{
    private const int MostPeople = 6;

    [FromQuery]
    public string? View { get; set; }

    [FromQuery]
    public string? On { get; set; }

    /// <summary>Whose calendars; the reader's where nobody is named.</summary>
    [FromQuery]
    public List<Guid> Who { get; set; } = [];

    public CalendarRange Range { get; private set; } = null!;

    public DateOnly Today { get; private set; }

    public DateTimeOffset Now { get; private set; }

    public IReadOnlyList<StaffPlace> People { get; private set; } = [];

    public IReadOnlyList<CalendarEntry> Entries { get; private set; } = [];

    public IReadOnlyDictionary<Guid, WorkingWeek> Working { get; private set; } = new Dictionary<Guid, WorkingWeek>();

    public DayAxis Axis { get; private set; } = null!;

    public TimeZoneInfo Zone => zone.Zone;

    public Guid Me { get; private set; }

    public bool MayEdit { get; private set; }

    /// <summary>True where the reader may put appointments into others' calendars.</summary>
    public bool MayPlanForOthers { get; private set; }

    /// <summary>Nobody chose how to look at it: a phone gets the list.</summary>
    public bool IsUnsaid => string.IsNullOrEmpty(View);

    public bool IsOnlyMe => People is [{ Id: var id }] && id == Me;

    public IEnumerable<SelectListItem> Chosen => People.Select(p => new SelectListItem(p.Name, p.Id.ToString(), selected: true));

    public async Task OnGetAsync(CancellationToken ct)
    {
        // What could not be bound was somebody's guess at an address.
        ModelState.Clear();
        var rights = await db.RightsAsync(ct);
        (Me, MayEdit, Now) = (rights.UserId ?? Guid.Empty, rights.May(ActivitiesPermissions.EditCalendar), clock.GetUtcNow());
        MayPlanForOthers = MayEdit && rights.May(CorePermissions.HandOverRecords.Name);
        Today = DateOnly.FromDateTime(LocalTimes.FromUtc(Now.UtcDateTime, Zone));
        Range = CalendarRange.Read(View, On, Today);
        var wanted = Who.Count == 0 ? [Me] : Who.Distinct().Take(MostPeople).ToList();
        var places = await staff.PlacesAsync(wanted, ct);
        People = [.. wanted.Select(w => places.FirstOrDefault(p => p.Id == w)).OfType<StaffPlace>()];
        Entries = await entries.ReadAsync([.. People.Select(p => p.Id)], Range.First, Range.Last, Zone, ct);
        Working = await working.OfAsync([.. People.Select(p => p.Id)], ct);
        Axis = DayAxis.Of(Range.Days, Zone);
    }

    public bool MayPlanFor(Guid user) => user == Me ? MayEdit : MayPlanForOthers;

    public string Link(CalendarView? view = null, DateOnly? on = null)
    {
        var shown = view ?? (IsUnsaid ? null : Range.View);
        var parts = new List<string> { $"on={(on ?? Range.On).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}" };
        if (shown is { } said)
            parts.Add($"view={said.ToString().ToLowerInvariant()}");
        if (!IsOnlyMe)
            parts.AddRange(People.Select(p => $"who={p.Id}"));
        return "/activities/calendar?" + string.Join('&', parts);
    }

    public IEnumerable<CalendarEntry> Above(DateOnly day, Guid user) => Entries.Where(e => e.UserId == user && e.IsOnTop && e.First <= day && e.Last >= day);

    public IEnumerable<CalendarEntry> Of(DateOnly day) => Entries.Where(e => e.First <= day && e.Last >= day);

    public IReadOnlyList<CalendarBlock> Blocks(DateOnly day, Guid user) => CalendarBlock.Beside(
        Entries.Where(e => e.UserId == user && !e.IsOnTop && e.First <= day && e.Last >= day).Select(e =>
        {
            var (row, span) = Axis.Rows(day, e.Start, e.End);
            return (e, row, span);
        }));

    public string? HolidayOn(DateOnly day, Guid user) => Working.GetValueOrDefault(user)?.HolidayOn(day);

    /// <summary>What a half hour of a day is to somebody, in the style sheet's words.</summary>
    public string SlotClass(DateOnly day, Slot slot, Guid user) => Axis.At(day, slot) is not { } at ? "cal-slot cal-gap"
        : Working.GetValueOrDefault(user) is { } week && !week.IsWorking(at) ? "cal-slot cal-off" : "cal-slot";

    /// <summary>The row that is scrolled to: an hour before work or seven, or where something stands before.</summary>
    public int FirstRow()
    {
        var work = Math.Max(0, (Working.Values.Select(w => w.Begins?.Hour).OfType<int>().DefaultIfEmpty(8).Min() - 1) * 4);
        return Range.Days.SelectMany(d => People.SelectMany(p => Blocks(d, p.Id))).Select(b => Math.Max(0, b.Row - 2)).Append(work).Min();
    }

    public string Times(CalendarEntry entry) => entry.IsAllDay ? "" : $"{Time(entry.Start)}–{Time(entry.End)}";

    public string Time(DateTimeOffset at) => LocalTimes.FromUtc(at.UtcDateTime, Zone).ToString("t", CultureInfo.CurrentCulture);
}
