using Crm.Abstractions.Navigation;

namespace Crm.Activities;

/// <summary>The module's part of the menus.</summary>
internal sealed class ActivitiesMenu : INavigationProvider
{
    public IEnumerable<NavigationItem> Items =>
    [
        new("Interactions", "message-2", "/activities/interactions", ActivitiesPermissions.View, 'i'),
        new("Tasks", "checkbox", "/activities/tasks", ActivitiesPermissions.ViewTodo, 't'),
        new("Calls", "phone-call", "/activities/calls", ActivitiesPermissions.Edit, 'l'),
        new("Results of contacts", "coins", "/activities/results", ActivitiesPermissions.View),
        new("Contact cadence", "heartbeat", "/activities/cadence", ActivitiesPermissions.View),
        new("Mail templates", "mail-cog", "/activities/mail-templates", ActivitiesPermissions.EditTemplates.Name),
        new("Care dates", "cake", "/activities/care", ActivitiesPermissions.ManageCare) { Place = NavigationPlace.Admin },
        new("Calendar", "calendar", "/activities/calendar", ActivitiesPermissions.ViewCalendar, 'c'),
        new("Appointment", "calendar-plus", "/activities/appointments/plan", ActivitiesPermissions.EditCalendar) { Place = NavigationPlace.New },
        new("Holidays and hours", "beach", "/activities/holidays", ActivitiesPermissions.Administer) { Place = NavigationPlace.Admin },
        new("Log a contact", "phone-plus", "/activities/interactions/log", ActivitiesPermissions.Edit, 'l') { Place = NavigationPlace.New },
        new("Task", "checkbox", "/activities/tasks/new", ActivitiesPermissions.EditTodo) { Place = NavigationPlace.New },
    ];
}
