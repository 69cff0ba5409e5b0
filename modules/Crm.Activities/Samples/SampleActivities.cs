using Crm.Abstractions.Data;
using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Activities.Cadence;
using Crm.Activities.Interactions;
using Crm.Activities.Tasks;
using Microsoft.EntityFrameworkCore;

namespace Crm.Activities.Samples;

/// <summary>A few weeks of contacts and next steps with the sample company's customers.</summary>
internal sealed class SampleActivities : ISample
{
    private const string Zone = "Europe/Riga";

    private static readonly (string Role, string Channel, int HoursAgo, int Minutes, string Subject, string Outcome, string? Next, int InDays)[] _contacts =
    [
        (ReadyRoles.Sales, "phone", 2, 12, "Asked what the larger machine costs", "interested", "Send the offer for the larger machine", 1),
        (ReadyRoles.Sales, "in-person", 26, 45, "Visit: walked through the kitchen and counted the cups", "interested", "Call about the service contract", 0),
        (ReadyRoles.Sales, "email", 75, 5, "Sent the price list and two references", "reached", null, 0),
        (ReadyRoles.Service, "phone", 30, 8, "Machine stopped after the filter change", "reached", "Ask whether the machine runs well", 2),
        (ReadyRoles.Sales, "phone", 100, 3, "First call, wants to hear more in the spring", "call-back", "Call again", -1),
        (ReadyRoles.PeopleManager, "event", 200, 20, "Met at the fair, compares us with two others", "interested", "Invite to the tasting", 5),
        (ReadyRoles.Sales, "letter", 400, 15, "Sent the contract for the year", "reached", null, 0),
        (ReadyRoles.Sales, "message", 50, 2, "Asked for a later delivery", "reached", "Confirm the new delivery day", 0),
    ];

    public async Task AddAsync(CrmDb db, SampleCompany company, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(company);
        var people = await db.Records.Where(r => r.Kind == "person" && r.DeletedAt == null).OrderBy(r => r.Id).Select(r => new { r.Id, r.OwnerId }).ToListAsync(ct);
        foreach (var contact in _contacts)
        {
            // Colleagues talk to their own customers, as long as there are any.
            if ((people.Find(p => p.OwnerId == company.Users[contact.Role]) ?? people.FirstOrDefault()) is not { } found)
                break;
            people.Remove(found);
            var person = found.Id;
            var interaction = Logged(person, contact, company);
            db.Add(interaction);
            if (contact.Next is { } next)
                db.Add(Follow(interaction, person, next, contact.InDays, company.Users[contact.Role], company.Now));
        }

        db.Add(Rule("Every customer once a quarter", least: 90, most: null, days: null));
        db.Add(Rule("Two contacts a day are enough", least: null, most: 2, days: 1));
        await db.SaveChangesAsync(ct);
    }

    private static CadenceRule Rule(string name, int? least, int? most, int? days)
    {
        var rule = CadenceRule.New();
        (rule.Name, rule.AtLeastDays, rule.AtMostTimes, rule.AtMostDays) = (name, least, most, days);
        return rule;
    }

    private static Interaction Logged(
        Guid person, (string Role, string Channel, int HoursAgo, int Minutes, string Subject, string Outcome, string? Next, int InDays) contact, SampleCompany company)
    {
        var made = Interaction.New();
        made.HangOn(person);
        (made.Channel, made.At, made.Minutes) = (contact.Channel, company.Now.AddHours(-contact.HoursAgo), contact.Minutes);
        (made.Subject, made.Outcome, made.UserId) = (contact.Subject, contact.Outcome, company.Users[contact.Role]);
        (made.Spine.CreatedById, made.Spine.CreatedAt) = (made.UserId, made.At);
        if (contact.Channel == "letter")
        {
            made.ResultType = "renewal";
            made.Bring(new Money(2_400m, "EUR"));
            made.ResultMoney = ResultMoney.Pledged;
        }

        return made;
    }

    private static CrmTask Follow(Interaction interaction, Guid person, string subject, int inDays, Guid assignee, DateTimeOffset now)
    {
        var task = CrmTask.New();
        (task.Subject, task.AboutId, task.InteractionId) = (subject, person, interaction.Id);
        task.Plan(DateOnly.FromDateTime(now.UtcDateTime).AddDays(inDays), inDays == 0 ? new TimeOnly(15, 0) : null, Zone);
        task.Channel = subject.StartsWith("Call", StringComparison.Ordinal) ? ActivitiesLists.Phone : null;
        task.Assign(assignee);
        (task.Spine.CreatedById, task.Spine.CreatedAt) = (assignee, interaction.At);
        return task;
    }
}
