using Crm.Abstractions.Data;
using Microsoft.EntityFrameworkCore;

namespace Crm.Activities.Appointments;

/// <summary>The times of a series that went their own way. All of them, also those that the caller does not see: they belong to the series and follow it.</summary>
internal static class Singles
{
    public static Task<List<Appointment>> SinglesAsync(this CrmDb db, Guid series, CancellationToken ct) =>
        db.Set<Appointment>().Include(a => a.Spine).Include(a => a.Guests).AsSplitQuery().Where(a => a.SeriesKey == series).OrderBy(a => a.Id).ToListAsync(ct);

    /// <summary>Calls them off from a day on; gives those that were planned.</summary>
    public static async Task<IReadOnlyList<Appointment>> CancelSinglesAsync(this CrmDb db, Appointment series, DateOnly since, CancellationToken ct)
    {
        var off = (await db.SinglesAsync(series.Id, ct)).FindAll(s => s is { IsPlanned: true, Spine.DeletedAt: null } && s.SeriesDay >= since);
        off.ForEach(s => s.CancelWithSeries());
        return off;
    }

    /// <summary>Takes up those again, from a day on, that were called off with their series, as far as its rule reaches again.</summary>
    public static async Task ReopenSinglesAsync(this CrmDb db, Appointment series, DateOnly since, CancellationToken ct)
    {
        foreach (var single in await db.SinglesAsync(series.Id, ct))
        {
            if (single is { IsOffWithSeries: true, SeriesDay: { } day } && day >= since && series.Names(day))
                single.Reopen();
        }
    }
}
