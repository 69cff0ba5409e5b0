using Crm.Abstractions.Data;
using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Activities.Tasks;
using Microsoft.EntityFrameworkCore;

namespace Crm.Activities.Interactions;

/// <summary>What somebody says of a contact, with the next step that follows.</summary>
internal sealed record LoggedContact(string Channel, Direction Direction, DateTimeOffset At, string Subject)
{
    public int? Minutes { get; init; }

    public string? Text { get; init; }

    public string? Outcome { get; init; }

    public IReadOnlyList<Guid> With { get; init; } = [];

    public IReadOnlyList<Guid> Colleagues { get; init; } = [];

    public string? ResultType { get; init; }

    public Money? Result { get; init; }

    public ResultMoney? ResultMoney { get; init; }

    public NextStep? Next { get; init; }
}

/// <summary>The task that follows from a contact.</summary>
internal sealed record NextStep(string Subject, DateOnly On, TimeOnly? Time, string Zone, Guid? AssigneeId);

/// <summary>Logs a contact with a record that the caller sees, and makes a task of its next step: one act, both or neither.</summary>
internal sealed class LogInteraction(CrmDb db, IRecordTypes types, TimeProvider clock, IStaff staff, IChoices choices)
{
    /// <summary>The record as the caller may log a contact with it; null where he may not.</summary>
    public async Task<Spine?> FindAsync(Guid about, CancellationToken ct)
    {
        var kinds = types.All.Where(t => !t.IsUnion && !t.IsDependant).Select(t => t.Name).ToList();
        var record = await (await db.VisibleAmongAsync([about], ct, kinds)).AsNoTracking().FirstOrDefaultAsync(ct);
        return record is not null && await db.MayAsync(ActivitiesPermissions.Edit, record, ct) ? record : null;
    }

    /// <summary>True where a next step may be planned with it.</summary>
    public async Task<bool> MayPlanAsync(CancellationToken ct) => (await db.RightsAsync(ct)).May(ActivitiesPermissions.EditTodo);

    /// <exception cref="RuleViolation">Something in it is wrong; or others are designated for the customer.</exception>
    public async Task<Interaction> RunAsync(Guid about, LoggedContact contact, CancellationToken ct)
    {
        var interaction = Interaction.New();
        interaction.HangOn(about);
        (interaction.Channel, interaction.Direction, interaction.At) = (contact.Channel, contact.Direction, contact.At);
        (interaction.Subject, interaction.Text, interaction.Minutes, interaction.Outcome) = (contact.Subject.Trim(), contact.Text?.Trim(), contact.Minutes, contact.Outcome);
        interaction.UserId = (await db.RightsAsync(ct)).UserId;
        CheckWords(contact);
        await CheckStaffAsync(contact, ct);
        await CheckSeenAsync(contact.With, ct);
        interaction.Concern(Interaction.WithRole, contact.With);
        interaction.TakePart(contact.Colleagues);
        interaction.ResultType = contact.ResultType;
        interaction.Bring(contact.Result);
        interaction.ResultMoney = contact.ResultMoney;
        types.Of(typeof(Interaction)).CheckTexts(interaction);
        interaction.Check(clock.GetUtcNow());
        db.Add(interaction);
        if (contact.Next is { } next)
            db.Add(Follow(interaction, about, next));
        await db.SaveChangesAsync(ct);
        return interaction;
    }

    private CrmTask Follow(Interaction interaction, Guid about, NextStep next)
    {
        var task = CrmTask.New();
        (task.Subject, task.AboutId, task.InteractionId, task.RemindMinutes) = (next.Subject.Trim(), about, interaction.Id, 0);
        task.Plan(next.On, next.Time, next.Zone);
        if (next.AssigneeId is { } assignee)
            task.Assign(assignee);
        try
        {
            types.Of(typeof(CrmTask)).CheckTexts(task);
            task.Check();
        }
        catch (RuleViolation wrong)
        {
            throw new RuleViolation(new Dictionary<string, RuleMessage[]> { ["next"] = [.. wrong.Messages.SelectMany(m => m.Value)] });
        }

        return task;
    }

    private void CheckWords(LoggedContact contact)
    {
        foreach (var (field, list, value) in new[] { ("channel", ActivitiesLists.Channels, contact.Channel), ("outcome", ActivitiesLists.Outcomes, contact.Outcome), ("resultType", ActivitiesLists.Results, contact.ResultType) })
        {
            if (value is not null && !choices.Of(list.Name).Any(o => o.Value == value))
                throw new RuleViolation(field, "Choose one from the list.");
        }
    }

    private async Task CheckStaffAsync(LoggedContact contact, CancellationToken ct)
    {
        if (contact.Next is not null && !await MayPlanAsync(ct))
            throw new RuleViolation("next", "You are not allowed to make tasks.");
        var assignee = contact.Next?.AssigneeId;
        if (contact.Colleagues.Count == 0 && assignee is null)
            return;
        var active = (await staff.ActiveAsync(ct)).Select(s => s.Id).ToHashSet();
        if (!contact.Colleagues.All(active.Contains))
            throw new RuleViolation("colleagues", "This was not found.");
        var rights = await db.RightsAsync(ct);
        if (assignee is { } other && (!active.Contains(other) || (other != rights.UserId && !rights.May(ActivitiesPermissions.AssignTasks.Name))))
            throw new RuleViolation("nextBy", "You can't give tasks to this colleague.");
    }

    private async Task CheckSeenAsync(IReadOnlyList<Guid> people, CancellationToken ct)
    {
        if (people.Count == 0)
            return;
        var seen = await (await db.VisibleAmongAsync(people, ct, ["person"])).CountAsync(ct);
        if (seen < people.Distinct().Count())
            throw new RuleViolation("with", "This was not found.");
    }
}
