using Crm.Abstractions.Contacts;
using Crm.Abstractions.Data;
using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Microsoft.EntityFrameworkCore;

namespace Crm.Contacts.Contacts;

/// <summary>Only designated people may contact certain customers. Names them whether or not the asker sees the customer: a named exception to the rights on rows.</summary>
internal sealed class ContactRestriction(CrmDb db, IStaff staff) : IContactRestriction
{
    public async Task CheckAsync(RecordRef contact, Guid userId, CancellationToken ct)
    {
        var designated = await db.Set<DesignatedPerson>().AsNoTracking().Where(d => d.RecordId == contact.Id).Select(d => d.UserId).ToListAsync(ct);
        if (designated.Count == 0 || designated.Contains(userId))
            return;
        var names = (await staff.NamesAsync(designated, ct)).Values.Order(StringComparer.CurrentCulture);
        throw new RuleViolation("", "Only these colleagues may contact this customer: {0}.", string.Join(", ", names));
    }
}
