using Crm.Abstractions.Records;
using Crm.Abstractions.Security;

namespace Crm.Activities.Tasks;

/// <summary>Tasks, described once for every door.</summary>
internal sealed class TaskRecord : RecordType<CrmTask>
{
    public override CrmTask Create(Guid? about)
    {
        var made = CrmTask.New();
        if (about is { } id)
            made.AboutId = id;
        return made;
    }

    public override void Check(CrmTask record)
    {
        ArgumentNullException.ThrowIfNull(record);
        record.Check();
    }

    protected override void Describe(RecordDescription<CrmTask> it)
    {
        ArgumentNullException.ThrowIfNull(it);
        it.Named(CrmTask.KindName, "tasks", "activities").Shown("Task", "Tasks", "checkbox")
            .Allowed(ActivitiesPermissions.ViewTasks, ActivitiesPermissions.EditTasks, ActivitiesPermissions.DeleteTasks)
            .ConcernsRecords().Loads("Steps");
        it.Field(t => t.Subject).Label("What is to be done").Required().Max(300).Searchable().Personal();
        it.Link(t => t.AboutId, "about").Label("About").Listed().KeyFact().Headers("About", "Person External ID", "Organization External ID");
        it.OneOf(t => t.Channel).From(ActivitiesLists.Channels).Label("Contact by");
        it.Field(t => t.DueOn).Label("Due on").Listed();
        it.Field(t => t.DueTime).Label("At");
        it.Computed("due", FieldKind.Instant, t => t.Due).Label("Due").Sortable().KeyFact();
        it.Field(t => t.Zone).Formed().Label("Time zone").Max(60).Hidden();
        it.Field(t => t.RemindMinutes).Label("Remind so many minutes before");
        it.OneOf(t => t.Repeats, TaskRepeat.Options).Label("Comes again", "When one is done, the next one is made.");
        it.Field(t => t.Recurrence).Formed().Label("Rule of its own", "As calendars write it, such as FREQ=MONTHLY;BYDAY=-1FR for the last Friday of each month.").Max(500);
        it.Field(t => t.Priority).Listed();
        it.Values("steps", t => t.Steps.Select(s => s.Text), t => t.Steps.OrderBy(s => s.Rank).Select(s => new ValueEntry(s.IsDone ? TaskStep.Done : TaskStep.Open, s.Text)), (t, steps) => t.SetSteps(steps))
            .Label("Checklist").Options(new FieldOption(TaskStep.Open, "Open"), new FieldOption(TaskStep.Done, "Done")).Max(300).Personal().Searchable();
        it.LongText(t => t.Text).Label("Details").Searchable().Personal();
        it.Computed("state", FieldKind.OneOf, t => t.State).Label("State").Listed().Options(
            new FieldOption("open", "Open", "blue"), new FieldOption("done", "Done", "green"), new FieldOption("cancelled", "Cancelled", "gray"));
        it.User(t => t.Spine.OwnerId, "assignee").Label("Assigned to").ByDeed(ActivitiesPermissions.AssignTasks.Name).Listed();
        it.Computed("giver", FieldKind.User, t => t.GiverUserId).Label("Given by");
        it.Computed("completedAt", FieldKind.Instant, t => t.CompletedAt).Label("Completed").Sortable();
        it.Link(t => t.InteractionId, "interaction", Interactions.Interaction.KindName).Label("Follows from").Hidden();
        it.Viewed("my-open", "Mine, open", "assignee eq me and state eq open", "due")
            .Viewed("overdue", "Overdue", "state eq open and due lt now", "due")
            .Viewed("given", "Given to others", "giver eq me and state eq open and assignee ne me", "due")
            .Viewed("open", "All open", "state eq open", "due");
        Verbs(it);
    }

    // What is to come stands in the box of tasks; what was done belongs to the customer's story.
    protected override IEnumerable<TimelineEntry> Timeline(CrmTask record) =>
        record is { State: TaskState.Done, AboutId: { } about, CompletedAt: { } at } && record.Spine.ErasedAt is null
            ? [new TimelineEntry(about, at, record.Subject, "circle-check")]
            : [];

    protected override string Title(CrmTask record) => record.Subject.Trim();

    private static void Verbs(RecordDescription<CrmTask> it)
    {
        it.Deed<CompleteTask>("complete", "Complete", "circle-check", ActivitiesPermissions.EditTasks);
        it.Deed<ReopenTask>("reopen", "Open again", "rotate", ActivitiesPermissions.EditTasks);
        it.Deed<CancelTask>("cancel", "Cancel", "ban", ActivitiesPermissions.EditTasks);
        it.Deed<SkipTask>("skip", "Skip this one", "player-skip-forward", ActivitiesPermissions.EditTasks);
        it.Deed<SnoozeTask>("snooze", "Later", "clock-pause", ActivitiesPermissions.EditTasks, new DeedInput("until", FieldKind.Instant, "Until"));
        it.Deed<AssignTask>("assign", "Assign", "user-share", ActivitiesPermissions.AssignTasks, new DeedInput("user", FieldKind.User, "Colleague"));
    }
}
