using Crm.Abstractions.Data;
using Crm.Abstractions.Events;
using Crm.Contacts.Contacts;
using Crm.Contacts.Phones;
using Microsoft.EntityFrameworkCore;

namespace Crm.Contacts.Addresses;

/// <summary>An address came whose country says how doubtful numbers of the contact are meant.</summary>
internal sealed record AddressPlaced(Guid ContactId, string Country);

/// <summary>Reads a contact's doubtful numbers by the country of a new address.</summary>
internal sealed class WhenAddressPlaced(CrmDb db) : IEventHandler<AddressPlaced>
{
    public async Task HandleAsync(AddressPlaced fact, CancellationToken ct)
    {
        var doubtful = await db.Set<ContactPoint>().Where(p => p.RecordId == fact.ContactId && p.Type == PointType.Phone && p.IsDoubtful).ToListAsync(ct);
        foreach (var point in doubtful)
        {
            if (PointText.Phone(point.Kind, point.Typed, PhoneCountry.CodeOf(fact.Country)) is { IsDoubtful: false } read)
                point.Take(read);
        }
    }
}
