using Crm.Abstractions.Data;
using Crm.Contacts.Addresses;
using Crm.Contacts.Phones;
using Crm.Contacts.Relationships;
using Microsoft.EntityFrameworkCore;

namespace Crm.Contacts.Contacts;

/// <summary>What a contact is found by beside its fields: phones in the notations that people type, addresses, roles. The other end of a relationship is left out, because its reader may not see it.</summary>
internal static class ContactTexts
{
    public static async Task<ILookup<Guid, string>> ReadAsync(CrmDb db, IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        var texts = new List<(Guid Id, string Text)>();
        // The type is looked at here: asked with it, SQLite reads the phones of the whole company.
        var points = await db.Set<ContactPoint>().AsNoTracking().Where(p => ids.Contains(p.RecordId))
            .OrderBy(p => p.Position).Select(p => new { p.RecordId, p.Type, p.Value }).ToListAsync(ct);
        texts.AddRange(points.Where(p => p.Type == PointType.Phone).Select(p => (p.RecordId, Phone(p.Value))));
        var addresses = await db.Set<Address>().AsNoTracking().Where(a => ids.Contains(a.RecordId) && a.Spine.DeletedAt == null).ToListAsync(ct);
        texts.AddRange(addresses.Select(a => (a.RecordId, Text(a))));
        var roles = await db.Set<Relationship>().AsNoTracking().Where(r => ids.Contains(r.FromId) && r.Role != "" && r.Spine.DeletedAt == null)
            .Select(r => new { r.FromId, r.Role }).Distinct().ToListAsync(ct);
        texts.AddRange(roles.Select(r => (r.FromId, r.Role)));
        return texts.ToLookup(t => t.Id, t => t.Text);
    }

    private static string Text(Address address) =>
        string.Join(' ', new[] { address.Line(), address.Hours, address.Phone is { } phone ? Phone(phone) : null, address.Fax is { } fax ? Phone(fax) : null }
            .Where(t => !string.IsNullOrEmpty(t)));

    // "+12022243441", "2022243441" and "202 224 3441" all find it.
    private static string Phone(string kept) =>
        PhoneNumbers.Read(kept, null) is { } number ? $"{number.Code}{number.National} {number.National} {number.Grouped}" : kept;
}
