using Crm.Abstractions.Contacts;
using Crm.Abstractions.Data;
using Microsoft.EntityFrameworkCore;

namespace Crm.Contacts.Consents;

/// <summary>Tells what contacts answered for a channel; the words of it only to who may read them.</summary>
internal sealed class ContactConsent(CrmDb db) : IContactConsent
{
    public async Task<IReadOnlyDictionary<Guid, ContactAnswer>> AnswersAsync(IReadOnlyCollection<Guid> contacts, string channel, DateTimeOffset? until, CancellationToken ct)
    {
        var said = db.Set<Consent>().AsNoTracking().Include(c => c.Spine).Where(c => contacts.Contains(c.RecordId) && c.Channel == channel);
        if (until is { } moment)
            said = said.Where(c => c.At <= moment);
        var newest = (await said.ToListAsync(ct)).GroupBy(c => c.RecordId).SelectMany(ConsentsNow.Newest).ToList();
        if (newest.Count == 0)
            return new Dictionary<Guid, ContactAnswer>();
        var ids = newest.ConvertAll(c => c.Id);
        var readable = await (await db.VisibleAsync<Consent>(ct)).Where(c => ids.Contains(c.Id)).Select(c => c.Id).ToListAsync(ct);
        return newest.ToDictionary(c => c.RecordId, c => readable.Contains(c.Id)
            ? new ContactAnswer(c.State == Consent.Given, c.At, c.Source)
            : new ContactAnswer(c.State == Consent.Given, null, null));
    }
}
