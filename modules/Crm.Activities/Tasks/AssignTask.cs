using Crm.Abstractions.Data;
using Crm.Abstractions.Notifications;
using Crm.Abstractions.Records;
using Crm.Abstractions.Security;

namespace Crm.Activities.Tasks;

/// <summary>Gives a task to a colleague. Who gave it away goes on seeing how far it is.</summary>
internal sealed class AssignTask(CrmDb db, IRecordSharing sharing, INotices notices) : IVerb<CrmTask>
{
    public async Task RunAsync(CrmTask record, IReadOnlyDictionary<string, object?> input, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(input);
        var user = (Guid)input["user"]!;
        if (!record.IsOpen)
            throw new RuleViolation("state", "It is no longer open.");
        record.Assign(user);
        if ((await db.RightsAsync(ct)).UserId is { } me && me != user)
        {
            record.GivenBy(me);
            await sharing.ShareAsync(record, me, mayEdit: true, ct);
            notices.Tell(new Notice(user, TaskNotices.Assigned.Name, "A task for you: {0}", record.Spine.Title) { RecordId = record.Id });
        }

        await db.SaveChangesAsync(ct);
    }
}
