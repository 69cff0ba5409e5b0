using Crm.Abstractions.Pages;

namespace Crm.Activities.Tasks;

/// <summary>What is still to be done about a record, on its page.</summary>
internal sealed class TaskPanel : Panel
{
    public override string Title => "Tasks";

    public override string Icon => "checkbox";

    public override string Permission => ActivitiesPermissions.ViewTodo;

    public override string Url => "/activities/tasks/panel/{id}";
}

/// <summary>The box above a record's timeline in which a task is planned.</summary>
internal sealed class TaskComposer : Composer
{
    public override string Title => "Task";

    public override string Icon => "checkbox";

    public override string Permission => ActivitiesPermissions.EditTodo;

    public override string Url => "/activities/tasks/compose/{id}";
}

/// <summary>One's own tasks that are due or overdue, on My day.</summary>
internal sealed class TaskWidget : Widget
{
    public override string Title => "Due and overdue";

    public override string Icon => "checkbox";

    public override string Permission => ActivitiesPermissions.ViewTodo;

    public override string Url => "/activities/tasks/today";
}
