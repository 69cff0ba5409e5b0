using Crm.Abstractions.Jobs;
using Crm.Abstractions.Modules;
using Crm.Abstractions.Pages;
using Crm.Abstractions.Records;
using Crm.Activities.Appointments;
using Crm.Activities.Cadence;
using Crm.Activities.Calendar;
using Crm.Activities.Calls;
using Crm.Activities.Care;
using Crm.Activities.Consents;
using Crm.Activities.Holidays;
using Crm.Activities.Interactions;
using Crm.Activities.Mails;
using Crm.Activities.Results;
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
        services.AddMapping<ToldMapping>();
        services.AddScoped<TellOnce>();
        services.AddChoiceList(ActivitiesLists.Channels);
        services.AddChoiceList(ActivitiesLists.Outcomes);
        services.AddChoiceList(ActivitiesLists.Results);

        AddTasks(services);
        AddInteractions(services);
        AddCalls(services);
        AddCare(services);
        AddCadence(services);
        AddMails(services);
        AddConsents(services);
        AddAppointments(services);
        AddCalendar(services);

        services.Contribute<ISample, SampleActivities>();
        services.Contribute<ISample, SampleAppointments>();
    }

    /// <inheritdoc/>
    public override void Configure(IEndpointRouteBuilder routes) => CalendarEnds.Map(routes);

    private static void AddInteractions(IServiceCollection services)
    {
        services.AddMapping<InteractionMapping>().AddRecordType<InteractionRecord>();
        services.AddEventHandler<CustomerContacted, WhenCustomerContacted>();
        services.Contribute<IDerivedRows, DerivedTouches>();
        services.AddContributedField<LastContact>();
        services.AddScoped<LogInteraction>();
        services.Contribute<Composer, InteractionComposer>();
        services.Contribute<Panel, InteractionPanel>();
        services.AddScoped<ResultSums>();
        services.Contribute<Widget, ResultsWidget>();
    }

    private static void AddMails(IServiceCollection services)
    {
        services.AddMapping<MailTemplateMapping>().AddRecordType<MailTemplateRecord>();
        services.AddMapping<SignatureMapping>();
        services.AddScoped<SendMail>();
        services.Contribute<Composer, MailComposer>();
    }

    private static void AddConsents(IServiceCollection services)
    {
        services.AddScoped<Refusals>();
        services.AddScoped<ConsentAdvice>();
        services.ContributeScoped<IRecordAdvice, ConsentAdvice>();
        services.AddScoped<SecondThoughts>();
    }

    private static void AddCadence(IServiceCollection services)
    {
        services.AddMapping<CadenceMapping>().AddRecordType<CadenceRuleRecord>();
        services.AddScoped<KeepMarks>();
        services.AddScoped<TooOften>();
        services.AddScoped<CadenceAdvice>();
        services.AddScoped<CadenceList>();
        services.AddEventHandler<CadenceRuleChanged, WhenCadenceRuleChanged>();
        services.AddEventHandler<CustomersTouched, WhenCustomersTouched>();
        services.AddEventHandler<RecordsAdded, WhenCustomersAdded>();
        services.AddEventHandler<RecordsForgotten, WhenCustomersForgotten>();
        services.AddContributedField<CadenceState>();
        services.ContributeScoped<IRecordAdvice, CadenceAdvice>();
        services.Contribute<Widget, CadenceWidget>();
        services.AddJob<WriteMarks>(
            "activities.write-marks", "Prepare contact cadence", "Goes through the customers' contacts for new cadence rules, and once a day for all.", JobSchedule.Every(TimeSpan.FromMinutes(1)));
    }

    private static void AddTasks(IServiceCollection services)
    {
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
        services.AddScoped<CompleteTask>();
        services.AddScoped<ReopenTask>();
    }

    private static void AddCalls(IServiceCollection services)
    {
        services.AddScoped<CallList>();
        services.AddScoped<LogCall>();
        services.AddScoped<MakeCallList>();
    }

    private static void AddCare(IServiceCollection services)
    {
        services.AddMapping<CareMapping>();
        services.AddScoped<FollowCareRule>();
        services.AddScoped<CorrectCareTasks>();
        services.AddJob<MakeCareTasks>(
            "activities.make-care-tasks", "Make care tasks", "Reminds of birthdays, anniversaries and other days of customers, by the rules under Care dates.", JobSchedule.Every(TimeSpan.FromMinutes(1)));
    }

    private static void AddAppointments(IServiceCollection services)
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
        services.AddScoped<AppointmentAdvice>();
        services.ContributeScoped<IRecordAdvice, AppointmentAdvice>();
        services.AddScoped<CancelAppointment>();
        services.AddScoped<ReopenAppointment>();
        services.AddScoped<CallOff>();
        services.AddScoped<TellGuests>();
        services.AddScoped<TakeCalendar>();
        services.AddScoped<FindGuests>();
        services.AddScoped<SeenGuests>();
        services.AddScoped<TakeBack>();
        services.Contribute<Panel, AppointmentPanel>();
        services.Contribute<Panel, CustomerAppointments>();
    }

    private static void AddCalendar(IServiceCollection services)
    {
        services.AddMapping<HolidayMapping>().AddMapping<FeedMapping>();
        services.AddScoped<WorkingTime>();
        services.AddScoped<CalendarEntries>();
        services.AddScoped<ReadFeed>();
        services.Contribute<Widget, TodayTile>();
    }
}
