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

    public const string ViewCalendar = "ViewAppointments";
    public const string EditCalendar = "EditAppointments";
    public const string Administer = "AdministerCalendar";

    public static Permission ViewInteractions { get; } = new(View, "See contacts with customers");

    public static Permission EditInteractions { get; } = new(Edit, "Log contacts with customers, and change them");

    public static Permission DeleteInteractions { get; } = new("DeleteInteractions", "Put logged contacts into the bin");

    public static Permission VerifyResults { get; } = new("VerifyResults", "Confirm, reject and reverse results that others claim");

    public static Permission ViewTasks { get; } = new(ViewTodo, "See tasks, beside those of the customers one sees", IsScoped: true);

    public static Permission EditTasks { get; } = new(EditTodo, "Add, change and complete tasks", IsScoped: true);

    public static Permission DeleteTasks { get; } = new("DeleteTasks", "Put tasks into the bin", IsScoped: true);

    public static Permission AssignTasks { get; } = new("AssignTasks", "Give tasks to others", IsScoped: true);

    public static Permission SendMails { get; } = new("SendMails", "Send mail to customers");

    public static Permission ViewTemplates { get; } = new("ViewMailTemplates", "Use mail templates");

    public static Permission EditTemplates { get; } = new("EditMailTemplates", "Write and change mail templates");

    public static Permission ManageCareDates { get; } = new(ManageCare, "Say which days of customers become tasks");

    public static Permission AdministerCadence { get; } = new("AdministerCadence", "Say how often customers are contacted");

    public static Permission ViewAppointments { get; } = new(ViewCalendar, "See appointments, beside those of the customers one sees; of colleagues', that they are busy", IsScoped: true);

    public static Permission EditAppointments { get; } = new(EditCalendar, "Add, change and call off appointments", IsScoped: true);

    public static Permission DeleteAppointments { get; } = new("DeleteAppointments", "Put appointments into the bin", IsScoped: true);

    public static Permission AdministerCalendar { get; } = new(Administer, "Set working hours and public holidays");

    public IEnumerable<Permission> Permissions =>
    [
        ViewInteractions, EditInteractions, DeleteInteractions, VerifyResults,
        ViewTasks, EditTasks, DeleteTasks, AssignTasks, ManageCareDates,
        SendMails, ViewTemplates, EditTemplates, AdministerCadence,
        ViewAppointments, EditAppointments, DeleteAppointments, AdministerCalendar,
    ];

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
        new(ReadyRoles.PeopleManager, DeleteInteractions, EditTemplates, AdministerCadence),
        new(ReadyRoles.Administrator, DeleteInteractions, EditTemplates, AdministerCadence, ManageCareDates),
        .. ReadyRoles.Staff.Select(role => new RoleDefault(role, ViewAppointments, EditAppointments, DeleteAppointments)),
        new(ReadyRoles.Administrator, AdministerCalendar),
    ];
}
