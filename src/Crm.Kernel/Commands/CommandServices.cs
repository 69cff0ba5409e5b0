using Crm.Kernel.Commands.Door;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Commands;

/// <summary>What the commands need of the container.</summary>
internal static class CommandServices
{
    public static void AddCommands(this IServiceCollection services)
    {
        services.AddSingleton<CommandRunner>();
        services.AddHostedService<CommandListener>();
    }
}
