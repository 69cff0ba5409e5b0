using Crm.Abstractions.Data;
using Crm.Abstractions.Events;
using Crm.Abstractions.Security;
using Crm.Contacts.Addresses;
using Crm.Contacts.Phones;
using Microsoft.EntityFrameworkCore;

namespace Crm.Contacts.Contacts;

/// <summary>A phone number was given that names no country.</summary>
internal sealed record PhoneTyped(Guid ContactId, Guid PointId);

/// <summary>Reads a number by the country of the contact's department, which is known only once the record is stamped, else by that of its addresses.</summary>
internal sealed class WhenPhoneTyped(CrmDb db, IStaff staff, PhoneCountry country) : IEventHandler<PhoneTyped>
{
    public async Task HandleAsync(PhoneTyped fact, CancellationToken ct)
    {
        if (await db.Set<ContactPoint>().FindAsync([fact.PointId], ct) is not { } point)
            return;
        var spine = await db.Records.FindAsync([fact.ContactId], ct);
        var own = spine?.DepartmentId is { } department ? PhoneCountry.CodeOf(await staff.CountryOfAsync(department, ct)) : null;
        if (own is not null && own != country.Site && PointText.Phone(point.Kind, point.Typed, own) is { IsDoubtful: false } read)
            point.Take(read);
        else if (point.IsDoubtful)
            await ByAddressAsync(point, ct);
    }

    private async Task ByAddressAsync(ContactPoint point, CancellationToken ct)
    {
        var countries = await db.Set<Address>().AsNoTracking().Where(a => a.RecordId == point.RecordId && a.Spine.DeletedAt == null && a.Country != null)
            .OrderBy(a => a.Id).Select(a => a.Country).ToListAsync(ct);
        var read = countries.Distinct().Select(c => PointText.Phone(point.Kind, point.Typed, PhoneCountry.CodeOf(c))).FirstOrDefault(p => !p.IsDoubtful);
        if (read is not null)
            point.Take(read);
    }
}
