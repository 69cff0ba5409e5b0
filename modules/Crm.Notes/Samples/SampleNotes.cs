using Crm.Abstractions.Data;
using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Notes.Notes;
using Microsoft.EntityFrameworkCore;

namespace Crm.Notes.Samples;

/// <summary>A few notes of several colleagues on the first people and organisations that are there, whichever module made them.</summary>
internal sealed class SampleNotes : ISample
{
    private const int Most = 12;

    private static readonly (string Kind, string Role, int DaysAgo, string Text)[] _notes =
    [
        ("person", ReadyRoles.Sales, 1, "Called about the machine on the second floor. Wants an offer for a larger one, with a grinder, by Friday."),
        ("person", ReadyRoles.Service, 3, "Changed the seals and cleaned the grinder.\nThe water filter is due again in three months."),
        ("person", ReadyRoles.Sales, 8, "Prefers to be written to. Reads e-mail in the morning, before nine."),
        ("person", ReadyRoles.PeopleManager, 15, "Met at the spring fair. Compares us with two others; the price counts less than how soon somebody comes to repair."),
        ("person", ReadyRoles.PeopleManager, 2, "客户希望下个月收到新咖啡机的报价，请用中文回复。"),
        ("organization", ReadyRoles.Sales, 5, "The contract ends in the autumn. Ask in good time whether they want to go on."),
        ("organization", ReadyRoles.Service, 12, "Deliveries go to the back gate and only before noon."),
        ("organization", ReadyRoles.Marketing, 20, "May be named as a reference; send the text for approval first."),
    ];

    public async Task AddAsync(CrmDb db, SampleCompany company, CancellationToken ct)
    {
        foreach (var ofKind in _notes.GroupBy(n => n.Kind, StringComparer.Ordinal))
        {
            var about = await db.Records.Where(r => r.Kind == ofKind.Key && r.DeletedAt == null).OrderBy(r => r.Id).Select(r => r.Id).Take(Most).ToListAsync(ct);
            foreach (var ((_, role, daysAgo, text), record) in ofKind.Zip(about))
                db.Add(Written(record, text, company.Users[role], company.Now.AddDays(-daysAgo)));
        }

        await db.SaveChangesAsync(ct);
    }

    private static Note Written(Guid about, string text, Guid by, DateTimeOffset at)
    {
        var note = Note.New();
        note.HangOn(about);
        note.Text = text;
        (note.Spine.CreatedById, note.Spine.CreatedAt) = (by, at);
        return note;
    }
}
