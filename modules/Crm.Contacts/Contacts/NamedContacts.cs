using Crm.Abstractions.Data;
using Crm.Abstractions.Security;
using Microsoft.EntityFrameworkCore;

namespace Crm.Contacts.Contacts;

/// <summary>Who may contact a customer that not everybody may: the heir in the leaver's place, else nobody who is left could.</summary>
internal sealed class NamedContacts(CrmDb db) : INamedUsers
{
    public async Task<IReadOnlyList<Guid>> RecordsAsync(Guid user, int take, CancellationToken ct) =>
        await db.Set<DesignatedPerson>().Where(d => d.UserId == user).OrderBy(d => d.RecordId).Take(take).Select(d => d.RecordId).ToListAsync(ct);

    public async Task<IReadOnlyDictionary<Guid, bool>> MoveAsync(IReadOnlyCollection<Guid> records, Guid from, Guid to, bool isBoth, CancellationToken ct)
    {
        var named = await db.Set<DesignatedPerson>().Where(d => records.Contains(d.RecordId) && (d.UserId == from || d.UserId == to)).ToListAsync(ct);
        var before = named.Where(d => d.UserId == to).Select(d => d.RecordId).ToHashSet();
        var moved = named.FindAll(d => d.UserId == from);
        if (!isBoth)
            db.RemoveRange(moved);
        db.AddRange(moved.Where(d => !before.Contains(d.RecordId)).Select(d => new DesignatedPerson(d.RecordId, to)));
        return moved.ToDictionary(d => d.RecordId, d => before.Contains(d.RecordId));
    }
}
