using System.Text.Json;
using Crm.Abstractions.Security;
using Crm.Kernel.Data;
using Crm.Kernel.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Bulk;

/// <summary>What a hand-over is told.</summary>
/// <param name="Department">The heir's; null leaves the records in theirs.</param>
internal sealed record HandedOver(Guid From, Guid To, Guid? Department);

/// <summary>
/// Moves a user's records to his heir: owners first, then what he manages, then where modules name him, then the tokens of the index. The heir has
/// the right to all of it from the act's first moment; this only brings the rows after.
/// </summary>
internal sealed class HandOverWork : IBulkWork
{
    public const string Name = "hand-over";
    private const string Managers = "managers";
    private const string Named = "named";

    public string Kind => Name;

    public string? Permission => CorePermissions.AdministerUsers.Name;

    public string? Undo => UndoHandOverWork.Name;

    public async Task<BulkBatch> NextAsync(IServiceProvider scope, BulkAct act, int take, CancellationToken ct)
    {
        var db = scope.GetRequiredService<KernelDb>();
        var told = act.Told<HandedOver>();
        if (act.Cursor.StartsWith(TokenPass.Begin, StringComparison.Ordinal))
            return await TokenPass.NextAsync(db, act, act.Id, take, ct);
        if (act.Cursor == Managers)
        {
            var managed = await db.Set<RecordManager>().Where(m => m.UserId == told.From).OrderBy(m => m.RecordId).Take(take).Select(m => m.RecordId).ToListAsync(ct);
            return managed.Count == 0 ? new BulkBatch([], Named) : Batch(managed, Managers);
        }

        if (act.Cursor == Named)
        {
            var named = await NamedRows.NextAsync(scope, told.From, take, ct);
            return named.Count == 0 ? new BulkBatch([], TokenPass.Begin) : Batch(named, Named);
        }

        // Whatever is moved is his no more: the first of what is left is where it goes on.
        var owned = db.Records.Where(r => r.OwnerId == told.From);
        var ids = await owned.Where(r => r.DeletedAt == null).OrderBy(r => r.Kind).ThenBy(r => r.SortKey).ThenBy(r => r.Id).Select(r => r.Id).Take(take).ToListAsync(ct);
        if (ids.Count == 0)
            ids = await owned.Where(r => r.DeletedAt != null).OrderBy(r => r.DeletedAt).ThenBy(r => r.Id).Select(r => r.Id).Take(take).ToListAsync(ct);
        return ids.Count == 0 ? new BulkBatch([], Managers) : Batch(ids, "");
    }

    public async Task<BulkTally> RunAsync(IServiceProvider scope, BulkAct act, BulkBatch batch, CancellationToken ct)
    {
        var told = act.Told<HandedOver>();
        var move = ActivatorUtilities.CreateInstance<OwnerMove>(scope, act);
        if (act.Cursor.StartsWith(TokenPass.Begin, StringComparison.Ordinal))
            return await TokenPass.RunAsync(scope, batch, ct);
        if (act.Cursor == Named)
            return await NamedRows.MoveAsync(scope, act, batch.Ids, (told.From, told.To), isBoth: false, ct);
        return act.Cursor == Managers
            ? await move.ManagersAsync(batch.Ids, told.From, told.To, ct)
            : await move.OwnersAsync(batch.Ids.ToDictionary(id => id, _ => told.Department), told.From, told.To, ct);
    }

    public async Task EndAsync(IServiceProvider scope, BulkAct act, CancellationToken ct)
    {
        var db = scope.GetRequiredService<KernelDb>();
        if (await db.Set<Heir>().FirstOrDefaultAsync(h => h.BulkId == act.Id, ct) is { } heir)
            db.Remove(heir);
    }

    private static BulkBatch Batch(List<Guid> ids, string cursor) => new(ids.ConvertAll(id => new BulkItem(id, cursor)), cursor);
}

/// <summary>Gives a hand-over's records back, where they are still what it made them.</summary>
internal sealed class UndoHandOverWork : IBulkWork
{
    public const string Name = "undo-hand-over";

    public string Kind => Name;

    public string? Permission => CorePermissions.AdministerUsers.Name;

    public string? Undo => null;

    public async Task<BulkBatch> NextAsync(IServiceProvider scope, BulkAct act, int take, CancellationToken ct)
    {
        var db = scope.GetRequiredService<KernelDb>();
        var undone = act.Told<UndoneAct>().Act;
        if (act.Cursor.StartsWith(TokenPass.Begin, StringComparison.Ordinal))
            return await TokenPass.NextAsync(db, act, undone, take, ct);
        var after = Guid.TryParse(act.Cursor, out var last) ? last : Guid.Empty;
        var rows = await db.Set<BulkRow>().AsNoTracking().Where(r => r.BulkId == undone && r.Id > after && r.Reason == null)
            .OrderBy(r => r.Id).Take(take).Select(r => r.Id).ToListAsync(ct);
        return rows.Count == 0
            ? new BulkBatch([], TokenPass.Begin)
            : new BulkBatch(rows.ConvertAll(id => new BulkItem(id, id.ToString())), rows[^1].ToString());
    }

    public async Task<BulkTally> RunAsync(IServiceProvider scope, BulkAct act, BulkBatch batch, CancellationToken ct)
    {
        if (act.Cursor.StartsWith(TokenPass.Begin, StringComparison.Ordinal))
            return await TokenPass.RunAsync(scope, batch, ct);
        var db = scope.GetRequiredService<KernelDb>();
        var told = (await db.Set<BulkAct>().AsNoTracking().FirstAsync(a => a.Id == act.Told<UndoneAct>().Act, ct)).Told<HandedOver>();
        var rows = await db.Set<BulkRow>().AsNoTracking().Where(r => batch.Ids.Contains(r.Id)).ToListAsync(ct);
        var (owned, managed) = (new Dictionary<Guid, Guid?>(), new List<Guid>());
        var named = new Dictionary<bool, List<Guid>> { [true] = [], [false] = [] };
        foreach (var row in rows)
        {
            using var changes = JsonDocument.Parse(row.Changes);
            if (changes.RootElement.TryGetProperty("owner", out _))
                owned[row.RecordId] = changes.RootElement.TryGetProperty("department", out var department) ? department[0].Deserialize<Guid?>() ?? Guid.Empty : null;
            else if (changes.RootElement.TryGetProperty("manager", out _))
                managed.Add(row.RecordId);
            else if (changes.RootElement.TryGetProperty(NamedRows.Noted, out var wasBoth))
                named[wasBoth.GetBoolean()].Add(row.RecordId);
        }

        var move = ActivatorUtilities.CreateInstance<OwnerMove>(scope, act);
        var tally = await move.OwnersAsync(owned, told.To, told.From, ct);
        tally.Done += (await move.ManagersAsync(managed, told.To, told.From, ct)).Done;
        foreach (var (isBoth, records) in named)
            await NamedRows.MoveAsync(scope, act, records, (told.To, told.From), isBoth, ct);
        return tally;
    }

    public async Task EndAsync(IServiceProvider scope, BulkAct act, CancellationToken ct)
    {
        var db = scope.GetRequiredService<KernelDb>();
        if (await db.Set<Heir>().FirstOrDefaultAsync(h => h.BulkId == act.Id, ct) is { } heir)
            db.Remove(heir);
        (await db.Set<BulkAct>().FirstAsync(a => a.Id == act.Told<UndoneAct>().Act, ct)).State = BulkState.Undone;
    }
}
