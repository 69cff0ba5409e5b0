using Crm.Abstractions.Data;
using Crm.Abstractions.Records;
using Microsoft.EntityFrameworkCore;

namespace Crm.Contacts.Relationships;

/// <summary>The key by which a file's relationship finds the one that is there: both ends, type and role.</summary>
internal static class RelationshipKey
{
    public static NaturalKey<Relationship> Ends { get; } = new(
        "ends",
        r => r.FromId == Guid.Empty || r.ToId == Guid.Empty ? null : Text(r.FromId, r.ToId, r.Type, r.Role),
        FindAsync);

    private static string Text(Guid from, Guid to, string type, string role) => $"{from:N}{to:N}|{type}|{role}";

    // Those in the bin are found too: a file does not bring back what somebody took away.
    private static async Task<ILookup<string, Guid>> FindAsync(CrmDb db, IReadOnlyCollection<string> keys, CancellationToken ct)
    {
        var from = keys.Select(k => Guid.ParseExact(k[..32], "N")).Distinct().ToList();
        var to = keys.Select(k => Guid.ParseExact(k[32..64], "N")).Distinct().ToList();
        var rows = await db.Set<Relationship>().AsNoTracking().Where(r => from.Contains(r.FromId) && to.Contains(r.ToId))
            .Select(r => new { r.Id, r.FromId, r.ToId, r.Type, r.Role, IsBinned = r.BinnedAt != null }).ToListAsync(ct);
        // The live one where there is one, else the one that was taken away last.
        return rows.GroupBy(r => Text(r.FromId, r.ToId, r.Type, r.Role), StringComparer.Ordinal)
            .ToLookup(g => g.Key, g => g.OrderBy(r => r.IsBinned).ThenByDescending(r => r.Id).First().Id);
    }
}
