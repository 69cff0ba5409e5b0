using System.Text.Json;
using Crm.Abstractions.Notifications;
using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Kernel.Data;
using Crm.Kernel.Records;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Crm.Kernel.Notifications;

/// <summary>A notice in its reader's language.</summary>
internal sealed record NoticeView(Guid Id, string Icon, string Text, string Url, DateTimeOffset At, bool IsRead);

/// <summary>The reader's own notices. What is about a record that he may not see any more is not there.</summary>
internal sealed class MyNotices(KernelDb db, RecordTypes types, IEnumerable<NoticeKind> kinds, IStringLocalizerFactory texts, TimeProvider clock)
{
    /// <summary>More are shown as "99+".</summary>
    public const int MostCounted = 100;

    public async Task<int> UnreadAsync(CancellationToken ct)
    {
        var me = await MeAsync(ct);
        return me is null ? 0 : await (await SeenAsync(me.Value, ct)).Where(n => n.ReadAt == null).Take(MostCounted).CountAsync(ct);
    }

    /// <summary>The newest first, from before a given one.</summary>
    public async Task<List<NoticeView>> PageAsync(Guid? before, int size, CancellationToken ct)
    {
        if (await MeAsync(ct) is not { } me)
            return [];
        return await ViewsAsync((await SeenAsync(me, ct)).Where(n => before == null || n.Id < before).OrderByDescending(n => n.Id).Take(size), ct);
    }

    /// <summary>Those of the given ones that the reader still sees.</summary>
    public async Task<List<NoticeView>> OfAsync(IReadOnlyList<Guid> notices, CancellationToken ct) =>
        notices.Count == 0 || await MeAsync(ct) is not { } me ? [] : await ViewsAsync((await SeenAsync(me, ct)).Where(n => notices.Contains(n.Id)), ct);

    private async Task<List<NoticeView>> ViewsAsync(IQueryable<Notification> notices, CancellationToken ct)
    {
        var rows = await notices.AsNoTracking().ToListAsync(ct);
        var ids = rows.Select(r => r.RecordId).OfType<Guid>().Distinct().ToList();
        var records = ids.Count == 0 ? [] : await db.Records.Where(r => ids.Contains(r.Id)).Select(r => new { r.Id, r.Kind }).ToDictionaryAsync(r => r.Id, r => r.Kind, ct);
        return rows.ConvertAll(r => View(r, r.RecordId is { } id && records.TryGetValue(id, out var kind) ? types.Find(kind)?.UrlOf(id) : null));
    }

    /// <summary>Marks one as read and says where it leads; null where there is none.</summary>
    public async Task<string?> OpenAsync(Guid id, CancellationToken ct)
    {
        if (await MeAsync(ct) is not { } me || await (await SeenAsync(me, ct)).AsTracking().FirstOrDefaultAsync(n => n.Id == id, ct) is not { } row)
            return null;
        row.ReadAt ??= clock.GetUtcNow();
        await db.SaveChangesAsync(ct);
        var kind = row.Url is null && row.RecordId is { } record ? await db.Records.Where(r => r.Id == record).Select(r => r.Kind).FirstOrDefaultAsync(ct) : null;
        return row.Url ?? (kind is null ? null : types.Find(kind)?.UrlOf(row.RecordId!.Value)) ?? "/notifications";
    }

    public async Task ReadAllAsync(CancellationToken ct)
    {
        if (await MeAsync(ct) is not { } me)
            return;
        foreach (var row in await db.Set<Notification>().Where(n => n.UserId == me && n.ReadAt == null).OrderByDescending(n => n.Id).Take(1000).ToListAsync(ct))
            row.ReadAt = clock.GetUtcNow();
        await db.SaveChangesAsync(ct);
    }

    private async Task<Guid?> MeAsync(CancellationToken ct) => (await db.RightsAsync(ct)).UserId;

    private async Task<IQueryable<Notification>> SeenAsync(Guid me, CancellationToken ct)
    {
        var seen = await db.VisibleRecordsAsync(types.All.Where(t => !t.IsUnion).Select(t => t.Name).ToList(), ct);
        return db.Set<Notification>().Where(n => n.UserId == me && (n.RecordId == null || seen.Any(r => r.Id == n.RecordId)));
    }

    private NoticeView View(Notification row, string? recordUrl)
    {
        var kind = kinds.FirstOrDefault(k => k.Name == row.Kind);
        var values = JsonSerializer.Deserialize<string[]>(row.Values) ?? [];
        var text = kind is null ? string.Format(System.Globalization.CultureInfo.CurrentCulture, row.Text, values) : texts.Create(kind.Texts)[row.Text, values].Value;
        return new NoticeView(row.Id, kind?.Icon ?? "bell", text, row.Url ?? recordUrl ?? "", row.At, row.ReadAt is not null);
    }
}
