using System.Globalization;
using Crm.Abstractions.Data;
using Crm.Abstractions.Security;
using Crm.Activities.Appointments;
using Crm.Activities.Tasks;
using Crm.Calendar.Zones;
using Microsoft.EntityFrameworkCore;

namespace Crm.Activities.Calendar;

/// <summary>
/// Reads what stands in calendars. Of what the reader may not see only that a colleague is busy, and when, is told: a named exception to the rights on rows, for all staff who may see appointments.
/// </summary>
internal sealed class CalendarEntries(CrmDb db)
{
    public const string AtFormat = "yyyy-MM-dd'T'HH:mm:ss";
    private const int MostRows = 5_000;

    public Task<IReadOnlyList<CalendarEntry>> ReadAsync(IReadOnlyList<Guid> users, DateOnly first, DateOnly last, TimeZoneInfo zone, CancellationToken ct) =>
        ReadAsync(users, first, last, zone, withTasks: true, ct);

    public async Task<IReadOnlyList<CalendarEntry>> ReadAsync(IReadOnlyList<Guid> users, DateOnly first, DateOnly last, TimeZoneInfo zone, bool withTasks, CancellationToken ct)
    {
        var from = DayAxis.Bounds(first, zone).From;
        var to = DayAxis.Bounds(last, zone).To;
        var rows = await RowsAsync(users, from.AddDays(-1), to.AddDays(1), ct);
        var ids = rows.ConvertAll(a => a.Id);
        var seen = ids.Count == 0 ? [] : (await (await db.VisibleAsync<Appointment>(ct)).Where(a => ids.Contains(a.Id)).Select(a => a.Id).ToListAsync(ct)).ToHashSet();
        var rights = await db.RightsAsync(ct);
        var entries = new List<CalendarEntry>();
        foreach (var row in rows)
        {
            var mayMove = seen.Contains(row.Id) && MayMove(row, rights);
            foreach (var one in row.Between(from, to))
            {
                entries.AddRange(row.Colleagues.Select(c => (Guid?)c.UserId).Append(row.Spine.OwnerId).OfType<Guid>().Distinct().Where(users.Contains)
                    .Select(u => seen.Contains(row.Id) ? Words(row, one, u, zone) with { MayMove = mayMove } : Busy(row, one, u, zone)));
            }
        }

        if (withTasks)
            entries.AddRange(await TasksAsync(users, first, last, zone, ct));
        return [.. Merged(entries).Where(e => e.First <= last && e.Last >= first).OrderBy(e => e.Start).ThenBy(e => e.Id)];
    }

    private async Task<List<Appointment>> RowsAsync(IReadOnlyList<Guid> users, DateTimeOffset from, DateTimeOffset to, CancellationToken ct) =>
        await db.Set<Appointment>().AsNoTracking().Include(a => a.Spine).Include(a => a.Colleagues).Include(a => a.Skips).AsSplitQuery()
            .Where(a => a.State == AppointmentState.Planned && a.Spine.DeletedAt == null && a.FirstStart < to && a.LastEnd > from)
            .Taking(db, users).OrderBy(a => a.FirstStart).ThenBy(a => a.Id).Take(MostRows).ToListAsync(ct);

    // What the page offers; the deed itself asks for the right on the very row.
    private static bool MayMove(Appointment row, Rights rights) => rights.ScopeOf(ActivitiesPermissions.EditCalendar) switch
    {
        RoleScope.All => true,
        RoleScope.Department => rights.Owns(row.Spine.OwnerId) || (row.Spine.DepartmentId is { } d && rights.Subtree.Contains(d)),
        RoleScope.Own => rights.Owns(row.Spine.OwnerId),
        _ => false,
    };

    private static CalendarEntry Words(Appointment row, Occurrence one, Guid user, TimeZoneInfo zone) => Times(EntryKind.Appointment, row, one, user, zone) with
    {
        Id = row.Id,
        Title = row.Subject,
        Place = row.Place,
        At = one.Local.ToString(AtFormat, CultureInfo.InvariantCulture),
        IsSeries = row.Rule is not null,
    };

    private static CalendarEntry Busy(Appointment row, Occurrence one, Guid user, TimeZoneInfo zone) => Times(EntryKind.Busy, row, one, user, zone);

    private static CalendarEntry Times(EntryKind kind, Appointment row, Occurrence one, Guid user, TimeZoneInfo zone)
    {
        if (!row.IsAllDay)
            return new(kind, user, one.Start, one.End, Day(one.Start, zone), Day(one.End.AddTicks(-1), zone));
        // Days are the same days wherever one reads them.
        var (first, last) = (DateOnly.FromDateTime(one.Local), DateOnly.FromDateTime(one.LocalEnd.AddTicks(-1)));
        return new(kind, user, DayAxis.Bounds(first, zone).From, DayAxis.Bounds(last, zone).To, first, last) { IsAllDay = true };
    }

    private async Task<IEnumerable<CalendarEntry>> TasksAsync(IReadOnlyList<Guid> users, DateOnly first, DateOnly last, TimeZoneInfo zone, CancellationToken ct)
    {
        if (!(await db.RightsAsync(ct)).May(ActivitiesPermissions.ViewTodo))
            return [];
        var (early, late) = (first.AddDays(-1), last.AddDays(1));
        var rows = await (await db.VisibleAsync<CrmTask>(ct)).AsNoTracking()
            .Where(t => t.State == TaskState.Open && t.DueOn >= early && t.DueOn <= late && users.Contains(t.Spine.OwnerId!.Value))
            .OrderBy(t => t.Due).Take(MostRows)
            .Select(t => new { t.Id, t.Subject, t.DueOn, t.DueTime, t.Due, Owner = t.Spine.OwnerId!.Value }).ToListAsync(ct);
        return rows.Select(t =>
        {
            if (t.DueTime is null || t.Due is not { } due)
                return new CalendarEntry(EntryKind.Task, t.Owner, DayAxis.Bounds(t.DueOn!.Value, zone).From, DayAxis.Bounds(t.DueOn.Value, zone).To, t.DueOn.Value, t.DueOn.Value) { IsAllDay = true, Id = t.Id, Title = t.Subject };
            return new CalendarEntry(EntryKind.Task, t.Owner, due, due.AddMinutes(DayAxis.SlotMinutes), Day(due, zone), Day(due, zone)) { Id = t.Id, Title = t.Subject };
        });
    }

    // How many appointments fill a time is nobody's business: what touches is one.
    private static IEnumerable<CalendarEntry> Merged(List<CalendarEntry> entries)
    {
        foreach (var entry in entries.Where(e => e.Kind != EntryKind.Busy))
            yield return entry;
        foreach (var group in entries.Where(e => e.Kind == EntryKind.Busy).GroupBy(e => (e.UserId, e.IsAllDay)))
        {
            CalendarEntry? open = null;
            foreach (var next in group.OrderBy(e => e.Start))
            {
                if (open is not null && next.Start <= open.End)
                {
                    open = next.End > open.End ? open with { End = next.End, Last = next.Last } : open;
                    continue;
                }

                if (open is not null)
                    yield return open;
                open = next;
            }

            if (open is not null)
                yield return open;
        }
    }

    private static DateOnly Day(DateTimeOffset at, TimeZoneInfo zone) => DateOnly.FromDateTime(LocalTimes.FromUtc(at.UtcDateTime, zone));
}
