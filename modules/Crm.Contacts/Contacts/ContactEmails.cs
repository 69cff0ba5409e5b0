using Crm.Abstractions.Contacts;
using Crm.Abstractions.Data;
using Microsoft.EntityFrameworkCore;

namespace Crm.Contacts.Contacts;

/// <summary>Reads the addresses that contacts have.</summary>
internal sealed class ContactEmails(CrmDb db) : IContactEmails
{
    public async Task<IReadOnlyDictionary<Guid, string>> FirstAsync(IReadOnlyCollection<Guid> contacts, CancellationToken ct)
    {
        var rows = await db.Set<ContactPoint>().AsNoTracking().Where(p => contacts.Contains(p.RecordId) && p.Type == PointType.Email && !p.IsDoubtful)
            .Select(p => new { p.RecordId, p.Value, p.Position }).ToListAsync(ct);
        return rows.GroupBy(r => r.RecordId).ToDictionary(g => g.Key, g => g.MinBy(r => r.Position)!.Value);
    }
}
