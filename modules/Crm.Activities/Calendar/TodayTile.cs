using Crm.Abstractions.Pages;

namespace Crm.Activities.Calendar;

/// <summary>What stands in the reader's calendar today.</summary>
internal sealed class TodayTile : Widget
{
    public override string Name => "activities.today";

    public override string Title => "Today's calendar";

    public override string Icon => "calendar";

    public override string Permission => ActivitiesPermissions.ViewCalendar;

    public override string Url => "/activities/calendar/today";
}
