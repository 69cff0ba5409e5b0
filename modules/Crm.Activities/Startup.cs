using Crm.Abstractions.Modules;
using Crm.Abstractions.Pages;
using Crm.Abstractions.Records;
using Crm.Activities.Appointments;
using Crm.Activities.Calendar;
using Crm.Activities.Holidays;
using Crm.Activities.Interactions;
using Crm.Activities.Mails;
using Crm.Activities.Samples;
using Crm.Activities.Tasks;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Activities;

/// <summary>The module's table of contents.</summary>
public sealed class Startup : StartupBase
{
    /// <inheritdoc/>
    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddPermissions<ActivitiesPermissions>();
        services.AddNavigation<ActivitiesMenu>();
        services.AddMigrations<ActivitiesMigrations>();
        services.AddChoiceList(ActivitiesLists.Channels);
        services.AddChoiceList(ActivitiesLists.Outcomes);
        services.AddChoiceList(ActivitiesLists.Results);

        services.AddMapping<InteractionMapping>().AddRecordType<InteractionRecord>();
        services.AddEventHandler<CustomerContacted, WhenCustomerContacted>();
        services.AddContributedField<LastContact>();
        services.AddScoped<LogInteraction>();
        services.Contribute<Composer, InteractionComposer>();

        services.AddMapping<TaskMapping>().AddRecordType<TaskRecord>();
        services.AddEventHandler<TaskPlanned, WhenTaskPlanned>();
        services.AddEventHandler<TaskDue, WhenTaskDue>();
        services.AddDueFact<TaskDue>();
        services.AddNoticeKind(TaskNotices.Due);
        services.AddNoticeKind(TaskNotices.Assigned);
        services.AddNoticeKind(TaskNotices.Done);
        services.AddNoticeKind(TaskNotices.Late);
        services.AddEventHandler<TaskLate, WhenTaskLate>();
        services.AddDueFact<TaskLate>();
        services.AddScoped<FollowingTask>();
        services.AddScoped<PlanTask>();
        services.AddScoped<TaskRows>();
        services.AddScoped<DueWords>();
        services.Contribute<Panel, TaskPanel>();
        services.Contribute<Composer, TaskComposer>();
        services.Contribute<Widget, TaskWidget>();

        services.AddMapping<MailTemplateMapping>().AddRecordType<MailTemplateRecord>();
        services.AddMapping<SignatureMapping>();
        services.AddScoped<SendMail>();
        services.Contribute<Composer, MailComposer>();

        services.Contribute<ISample, SampleActivities>();

        AddCalendar(services);
    }

    /// <inheritdoc/>
    public override void Configure(IEndpointRouteBuilder routes) => CalendarEnds.Map(routes);

    private static void AddCalendar(IServiceCollection services)
    {
        services.AddMapping<AppointmentMapping>().AddRecordType<AppointmentRecord>();
        services.AddEventHandler<AppointmentPlanned, WhenAppointmentPlanned>();
        services.AddEventHandler<AppointmentDue, WhenAppointmentDue>();
        services.AddEventHandler<RecordsForgotten, WhenGuestForgotten>();
        services.AddDueFact<AppointmentDue>();
        services.AddNoticeKind(AppointmentNotices.Due);
        services.AddNoticeKind(AppointmentNotices.Invited);
        services.AddNoticeKind(AppointmentNotices.Answered);
        services.AddScoped<MoveAppointment>();
        services.AddScoped<AppointmentOutcome>();
        services.AddScoped<CancelAppointment>();
        services.AddScoped<CallOff>();
        services.AddScoped<TellGuests>();
        services.AddScoped<TakeCalendar>();
        services.Contribute<Panel, AppointmentPanel>();
        services.Contribute<Panel, CustomerAppointments>();
        services.Contribute<Widget, TodayTile>();

        services.AddMapping<HolidayMapping>().AddMapping<FeedMapping>();
        services.AddScoped<WorkingTime>();
        services.AddScoped<CalendarEntries>();
        services.AddScoped<ReadFeed>();
        services.Contribute<ISample, SampleAppointments>();
    }
}
