using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Abstractions.Modules;

/// <summary>A module's table of contents: every contribution, listed; nothing is found by scanning.</summary>
public abstract class StartupBase
{
    /// <summary>Lists the module's contributions and services. Runs once, whatever is switched off.</summary>
    /// <param name="services">The one container; what is added here carries the module's id.</param>
    public abstract void ConfigureServices(IServiceCollection services);

    /// <summary>Maps endpoints that are not pages. They carry the module's id and answer 404 where it is off.</summary>
    /// <param name="routes">A route group that the kernel has stamped.</param>
    public virtual void Configure(IEndpointRouteBuilder routes)
    {
    }
}
