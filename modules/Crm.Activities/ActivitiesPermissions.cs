using Crm.Abstractions.Security;

namespace Crm.Activities;

/// <summary>What roles may do with interactions, tasks and appointments.</summary>
/// <remarks>Who sees an interaction follows from the records that it concerns; a task is also its assignee's own.</remarks>
internal sealed class ActivitiesPermissions : IPermissionProvider
{
    public const string View = "ViewInteractions";
    public const string Edit = "EditInteractions";
    public const string ViewTodo = "ViewTasks";
    public const string EditTodo = "EditTasks";
    public const string ManageCare = "ManageCareDates";

    public static Permission ViewInteractions { get; } = new(View, "See contacts with customers");

    public static Permission EditInteractions { get; } = new(Edit, "Log contacts with customers, and change them");

    public static Permission DeleteInteractions { get; } = new("DeleteInteractions", "Put logged contacts into the bin");

    public static Permission VerifyResults { get; } = new("VerifyResults", "Confirm, reject and reverse results that others claim");

    public static Permission ViewTasks { get; } = new(ViewTodo, "See tasks, beside those of the customers one sees", IsScoped: true);

    public static Permission EditTasks { get; } = new(EditTodo, "Add, change and complete tasks", IsScoped: true);

    public static Permission DeleteTasks { get; } = new("DeleteTasks", "Put tasks into the bin", IsScoped: true);

    public static Permission AssignTasks { get; } = new("AssignTasks", "Give tasks to others", IsScoped: true);

    public static Permission ManageCareDates { get; } = new(ManageCare, "Say which days of customers become tasks");

    public static Permission SendMails { get; } = new("SendMails", "Send mail to customers");

    public static Permission ViewTemplates { get; } = new("ViewMailTemplates", "Use mail templates");

    public static Permission EditTemplates { get; } = new("EditMailTemplates", "Write and change mail templates");

    public IEnumerable<Permission> Permissions =>
        [ViewInteractions, EditInteractions, DeleteInteractions, VerifyResults, ViewTasks, EditTasks, DeleteTasks, AssignTasks, SendMails, ViewTemplates, EditTemplates, ManageCareDates];

    public IEnumerable<RoleDefault> Defaults =>
    [
        .. ReadyRoles.Staff.Where(r => r is not (ReadyRoles.DecisionMaker or ReadyRoles.Analyst or ReadyRoles.Controller))
            .Select(role => new RoleDefault(role, ViewInteractions, EditInteractions, ViewTasks, EditTasks, DeleteTasks, AssignTasks)),
        new(ReadyRoles.DecisionMaker, ViewInteractions, ViewTasks, EditTasks, AssignTasks),
        new(ReadyRoles.Analyst, ViewInteractions, ViewTasks, EditTasks),
        // He verifies what others claim, and claims nothing himself.
        new(ReadyRoles.Controller, ViewInteractions, ViewTasks, EditTasks, VerifyResults),
        .. new[] { ReadyRoles.Sales, ReadyRoles.Service, ReadyRoles.Marketing, ReadyRoles.PeopleManager, ReadyRoles.Administrator }.Select(role => new RoleDefault(role, SendMails, ViewTemplates)),
        new(ReadyRoles.Marketing, EditTemplates),
        new(ReadyRoles.PeopleManager, DeleteInteractions, EditTemplates),
        new(ReadyRoles.Administrator, DeleteInteractions, EditTemplates),
        new(ReadyRoles.Administrator, ManageCareDates),
    ];
}
