using Crm.Abstractions.Security;
using Crm.Kernel.Data;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Bulk;

/// <summary>The part of a hand-over that belongs to modules: their rows that name the user.</summary>
internal static class NamedRows
{
    /// <summary>What a row of the act says of it: whether the heir was named before.</summary>
    public const string Noted = "named";

    public static async Task<List<Guid>> NextAsync(IServiceProvider scope, Guid user, int take, CancellationToken ct)
    {
        var found = new HashSet<Guid>();
        foreach (var rows in scope.GetServices<INamedUsers>())
            found.UnionWith(await rows.RecordsAsync(user, take, ct));
        return [.. found.Take(take)];
    }

    /// <summary>Moves the names, in the unit that runs; these records were not handed over, so nobody counts them.</summary>
    public static async Task<BulkTally> MoveAsync(IServiceProvider scope, BulkAct act, List<Guid> records, (Guid From, Guid To) users, bool isBoth, CancellationToken ct)
    {
        if (records.Count == 0)
            return new BulkTally();
        var db = scope.GetRequiredService<KernelDb>();
        foreach (var rows in scope.GetServices<INamedUsers>())
        {
            foreach (var (record, wasBoth) in await rows.MoveAsync(records, users.From, users.To, isBoth, ct))
                db.Add(new BulkRow { BulkId = act.Id, RecordId = record, Changes = BulkText.Of(new Dictionary<string, bool> { [Noted] = wasBoth }) });
        }

        await db.SaveChangesAsync(ct);
        return new BulkTally();
    }
}
