using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Kernel.Data;
using Crm.Kernel.Modules;
using Crm.Kernel.Records;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.MyDay;

/// <summary>A record that was changed lately.</summary>
internal sealed record Recent(Guid Id, RecordType Type, string Title, string Url, DateTimeOffset At);

/// <summary>Records that were changed lately, as far as the reader sees them.</summary>
internal sealed class RecentRecords(KernelDb db, RecordTypes types, Contributions contributions)
{
    public const int Most = 8;

    /// <summary>The types that the reader has records of.</summary>
    public IEnumerable<RecordType> Seen(Rights rights) =>
        types.All.Where(t => t is { IsUnion: false, HasPages: true, IsDependant: false } && rights.May(t.ViewPermission) && contributions.IsOn(t.GetType(), rights));

    public async Task<IReadOnlyList<Recent>> MineAsync(CancellationToken ct)
    {
        var rights = await db.RightsAsync(ct);
        var names = Seen(rights).Select(t => t.Name).ToList();
        var (mine, all) = (rights.UserId, rights.Owners);
        // Of one owner the newest are the first of an index.
        var own = all.Count == 1 ? db.Records.Where(r => r.OwnerId == mine) : db.Records.Where(r => all.Contains(r.OwnerId!.Value));
        return Shown(await own.AsNoTracking().Where(r => names.Contains(r.Kind) && r.DeletedAt == null)
            .OrderByDescending(r => r.UpdatedAt).Take(Most).Select(r => new Row(r.Id, r.Kind, r.Title, r.UpdatedAt)).ToListAsync(ct));
    }

    // Only where the reader sees all of a type: then the newest are the first of an index, and few are read.
    public async Task<IReadOnlyList<Recent>> OthersAsync(CancellationToken ct)
    {
        var rights = await db.RightsAsync(ct);
        var rows = new List<Row>();
        foreach (var type in Seen(rights).Where(t => rights.ScopeOf(t.ViewPermission) == RoleScope.All))
        {
            var visible = await db.VisibleRecordsAsync([type.Name], ct);
            rows.AddRange(await visible.AsNoTracking().Where(r => r.OwnerId != rights.UserId).OrderByDescending(r => r.UpdatedAt).ThenByDescending(r => r.Id).Take(Most)
                .Select(r => new Row(r.Id, r.Kind, r.Title, r.UpdatedAt)).ToListAsync(ct));
        }

        return Shown([.. rows.OrderByDescending(r => r.At).Take(Most)]);
    }

    private IReadOnlyList<Recent> Shown(List<Row> rows) => [.. from row in rows let type = types.Find(row.Kind)! select new Recent(row.Id, type, row.Title, type.UrlOf(row.Id), row.At)];

    private sealed record Row(Guid Id, string Kind, string Title, DateTimeOffset At);
}
