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

    private const int MostRead = 1_000;

    public async Task<int> UnreadAsync(CancellationToken ct) =>
        await MeAsync(ct) is not { } me ? 0 : (await NewestAsync(Of(me).Where(n => n.ReadAt == null), MostCounted, ct)).Count;

    /// <summary>The newest first, from before a given one.</summary>
    public async Task<List<NoticeView>> PageAsync(Guid? before, int size, CancellationToken ct)
    {
        if (await MeAsync(ct) is not { } me)
            return [];
        return (await NewestAsync(Of(me).Where(n => before == null || n.Id < before), size, ct)).ConvertAll(View);
    }

    /// <summary>Those of the given ones that the reader still sees.</summary>
    public async Task<List<NoticeView>> OfAsync(IReadOnlyList<Guid> notices, CancellationToken ct) => notices.Count == 0 || await MeAsync(ct) is not { } me
        ? [] : (await SeenAsync(await Of(me).Where(n => notices.Contains(n.Id)).ToListAsync(ct), ct)).ConvertAll(View);

    /// <summary>Marks one as read and says where it leads; null where there is none.</summary>
    public async Task<string?> OpenAsync(Guid id, CancellationToken ct)
    {
        if (await MeAsync(ct) is not { } me || await Of(me).AsTracking().FirstOrDefaultAsync(n => n.Id == id, ct) is not { } row || await SeenAsync([row], ct) is not [var seen])
            return null;
        row.ReadAt ??= clock.GetUtcNow();
        await db.SaveChangesAsync(ct);
        return UrlOf(seen) ?? "/notifications";
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

    private IQueryable<Notification> Of(Guid me) => db.Set<Notification>().AsNoTracking().Where(n => n.UserId == me);

    // Notices are read first, and then what they are about: mostly there are few, and the rule is long.
    private async Task<List<Seen>> NewestAsync(IQueryable<Notification> notices, int size, CancellationToken ct)
    {
        var found = new List<Seen>();
        var rest = notices;
        for (var batch = size; ; batch = Math.Min(batch * 2, MostRead))
        {
            var rows = await rest.OrderByDescending(n => n.Id).Take(batch).ToListAsync(ct);
            found.AddRange(await SeenAsync(rows, ct));
            if (found.Count >= size || rows.Count < batch)
                return [.. found.Take(size)];
            var last = rows[^1].Id;
            rest = notices.Where(n => n.Id < last);
        }
    }

    private async Task<List<Seen>> SeenAsync(List<Notification> rows, CancellationToken ct)
    {
        var ids = rows.Select(r => r.RecordId).OfType<Guid>().Distinct().ToList();
        if (ids.Count == 0)
            return rows.ConvertAll(r => new Seen(r, null));
        var visible = await db.VisibleAmongAsync(ids, ct);
        var records = await visible.AsNoTracking().Select(r => new { r.Id, r.Kind }).ToDictionaryAsync(r => r.Id, r => r.Kind, ct);
        return [.. rows.Where(r => r.RecordId is not { } id || records.ContainsKey(id)).Select(r => new Seen(r, r.RecordId is { } id ? records[id] : null))];
    }

    private string? UrlOf(Seen seen) => seen.Row.Url ?? (seen.Kind is { } kind ? types.Find(kind)?.UrlOf(seen.Row.RecordId!.Value) : null);

    private NoticeView View(Seen seen)
    {
        var row = seen.Row;
        var kind = kinds.FirstOrDefault(k => k.Name == row.Kind);
        var values = JsonSerializer.Deserialize<string[]>(row.Values) ?? [];
        var text = kind is null ? string.Format(System.Globalization.CultureInfo.CurrentCulture, row.Text, values) : texts.Create(kind.Texts)[row.Text, values].Value;
        return new NoticeView(row.Id, kind?.Icon ?? "bell", text, UrlOf(seen) ?? "", row.At, row.ReadAt is not null);
    }

    // A notice that the reader sees, and the kind of the record that it is about.
    private sealed record Seen(Notification Row, string? Kind);
}
