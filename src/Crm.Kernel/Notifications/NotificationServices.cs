using Crm.Abstractions.Jobs;
using Crm.Abstractions.Modules;
using Crm.Abstractions.Notifications;
using Crm.Kernel.Jobs;
using Crm.Kernel.Live;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Notifications;

/// <summary>What notices and the pages that hear of them need of the container.</summary>
internal static class NotificationServices
{
    public static void AddNotifications(this IServiceCollection services)
    {
        services.AddMapping<NotificationMapping>();
        services.AddScoped<INotices, Notices>();
        services.AddScoped<MyNotices>();
        services.AddMapping<NoticeChoiceMapping>();
        services.AddJob<MailNotices>(
            "core.mail-notices", "Mail notifications", "Mails notifications as each user has chosen: at once, or together in the morning of his day.",
            JobSchedule.Every(TimeSpan.FromMinutes(1)));
        services.AddScoped<LiveNews>();
        services.AddSingleton<LiveHub>();
        services.AddHostedService<LiveRelay>();
        services.AddNoticeKind(JobWatch.Alarm);
        services.AddTransient<Mentions>();
        services.AddNoticeKind(Mentions.Kind);
    }
}
