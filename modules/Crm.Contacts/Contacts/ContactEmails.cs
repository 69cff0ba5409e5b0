using Crm.Abstractions.Contacts;
using Crm.Abstractions.Data;
using Crm.Abstractions.Records;
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

    public async Task<ILookup<string, Guid>> FindAsync(IReadOnlyCollection<string> emails, CancellationToken ct)
    {
        var asked = emails.Select(e => PointText.Read(PointType.Email, new ValueEntry("", e), country: null).Normalized).Distinct(StringComparer.Ordinal).ToList();
        var rows = await db.Set<ContactPoint>().AsNoTracking().Where(p => p.Type == PointType.Email && asked.Contains(p.Normalized) && !p.IsDoubtful)
            .Select(p => new { p.RecordId, p.Normalized }).Distinct().ToListAsync(ct);
        return rows.ToLookup(r => r.Normalized, r => r.RecordId, StringComparer.OrdinalIgnoreCase);
    }
}
