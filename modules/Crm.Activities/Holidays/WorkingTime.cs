using Crm.Abstractions.Data;
using Crm.Abstractions.Security;
using Crm.Calendar.Zones;
using Microsoft.EntityFrameworkCore;

namespace Crm.Activities.Holidays;

/// <summary>When somebody works: hours by weekday in his own zone, and the days off.</summary>
internal sealed class WorkingWeek(TimeZoneInfo zone, IReadOnlyList<WorkingHours> hours, IReadOnlyList<Holiday> holidays)
{
    /// <summary>True where somebody said which hours count.</summary>
    public bool HasHours => hours.Count > 0;

    public TimeOnly? Begins => hours.Count == 0 ? null : hours.Min(h => h.Begins);

    /// <summary>What a day is called on which he is off, or null.</summary>
    public string? HolidayOn(DateOnly day) => holidays.FirstOrDefault(h => h.In(day.Year) == day)?.Name;

    /// <summary>True where he works at a moment, as far as anybody said.</summary>
    public bool IsWorking(DateTimeOffset moment)
    {
        var local = LocalTimes.FromUtc(moment.UtcDateTime, zone);
        if (HolidayOn(DateOnly.FromDateTime(local)) is not null)
            return false;
        var time = TimeOnly.FromDateTime(local);
        return hours.Count == 0 || hours.Any(h => h.Weekday == local.DayOfWeek && h.Begins <= time && time < h.Ends);
    }
}

/// <summary>Reads when users work: hours of the nearest department that has any, holidays of it and of all above it.</summary>
internal sealed class WorkingTime(CrmDb db, IStaff staff)
{
    // A tree this deep is a ring that somebody made by hand.
    private const int MaxDepth = 50;

    public async Task<IReadOnlyDictionary<Guid, WorkingWeek>> OfAsync(IReadOnlyCollection<Guid> users, CancellationToken ct)
    {
        var hours = await db.Set<WorkingHours>().AsNoTracking().ToListAsync(ct);
        var holidays = await db.Set<Holiday>().AsNoTracking().OrderBy(h => h.Id).ToListAsync(ct);
        var parents = (await staff.DepartmentsAsync(ct)).ToDictionary(d => d.Id, d => d.ParentId);
        return (await staff.PlacesAsync(users, ct)).ToDictionary(u => u.Id, u =>
        {
            var line = Line(u.DepartmentId, parents);
            var own = line.Select(d => hours.FindAll(h => h.DepartmentId == d)).FirstOrDefault(h => h.Count > 0) ?? [];
            return new WorkingWeek(u.Zone, own, holidays.FindAll(h => line.Contains(h.DepartmentId)));
        });
    }

    // From the department up to the company, which is null.
    private static List<Guid?> Line(Guid? department, Dictionary<Guid, Guid?> parents)
    {
        var line = new List<Guid?>();
        for (var next = department; next is { } id && line.Count < MaxDepth; next = parents.GetValueOrDefault(id))
            line.Add(id);
        line.Add(null);
        return line;
    }
}
