using Crm.Abstractions.Data;
using Crm.Abstractions.Events;
using Crm.Abstractions.Records;
using Microsoft.EntityFrameworkCore;

namespace Crm.Activities.Appointments;

/// <summary>Lets go of the addresses of people who were erased or removed for good: they were copied when they were invited.</summary>
internal sealed class WhenGuestForgotten(CrmDb db) : IEventHandler<RecordsForgotten>
{
    public async Task HandleAsync(RecordsForgotten fact, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(fact);
        db.RemoveRange(await db.Set<Guest>().Where(g => g.PersonId != null && fact.Ids.Contains(g.PersonId.Value)).ToListAsync(ct));
    }
}
