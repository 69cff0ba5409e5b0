using Crm.Abstractions.Data;
using Crm.Abstractions.Records;
using Microsoft.EntityFrameworkCore;

namespace Crm.Contacts.Consents;

/// <summary>The key by which a file's consent finds the one that is there: who said what, about which channel, where.</summary>
internal static class ConsentKey
{
    public static NaturalKey<Consent> Words { get; } = new("words", c => c.RecordId == Guid.Empty ? null : Text(c), FindAsync);

    private static string Text(Consent consent) => $"{consent.RecordId:N}{consent.Channel}|{consent.State}|{consent.Source}";

    private static async Task<ILookup<string, Guid>> FindAsync(CrmDb db, IReadOnlyCollection<string> keys, CancellationToken ct)
    {
        var contacts = keys.Select(k => Guid.ParseExact(k[..32], "N")).Distinct().ToList();
        var rows = await db.Set<Consent>().AsNoTracking().Where(c => contacts.Contains(c.RecordId) && c.Spine.DeletedAt == null).ToListAsync(ct);
        return rows.ToLookup(Text, c => c.Id);
    }
}
