using Crm.Abstractions.Data;
using Crm.Abstractions.Records;
using Microsoft.EntityFrameworkCore;

namespace Crm.Contacts.Addresses;

/// <summary>The key by which a file's address finds the one that is there: the contact and the place.</summary>
internal static class AddressKey
{
    public static NaturalKey<Address> Place { get; } = new(
        "place",
        a => a.RecordId == Guid.Empty || a.Line().Length == 0 ? null : Text(a),
        FindAsync);

    private static string Text(Address address) => $"{address.RecordId:N}{address.Line().ToUpperInvariant()}";

    private static async Task<ILookup<string, Guid>> FindAsync(CrmDb db, IReadOnlyCollection<string> keys, CancellationToken ct)
    {
        var contacts = keys.Select(k => Guid.ParseExact(k[..32], "N")).Distinct().ToList();
        var rows = await db.Set<Address>().AsNoTracking().Where(a => contacts.Contains(a.RecordId) && a.Spine.DeletedAt == null).ToListAsync(ct);
        return rows.ToLookup(Text, a => a.Id);
    }
}
