using Crm.Abstractions.Mail;
using Crm.Abstractions.Modules;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Mail;

/// <summary>What outgoing mail needs of the container.</summary>
internal static class MailServices
{
    public static void AddMail(this IServiceCollection services)
    {
        services.AddMapping<SentMailMapping>();
        services.AddSingleton<MailSettings>();
        services.AddSingleton<MailSignal>();
        services.AddScoped<IOutgoingMail, WriteMail>();
        services.AddScoped<DecideMail>();
        services.AddHostedService<MailLoop>();
    }
}
