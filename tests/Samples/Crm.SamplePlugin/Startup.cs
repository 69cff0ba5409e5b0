using Crm.Abstractions.Modules;
using Crm.Abstractions.Security;
using Crm.SamplePlugin.Words;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.SamplePlugin;

/// <summary>What the plugin contributes.</summary>
public sealed class Startup : StartupBase
{
    /// <inheritdoc/>
    public override void ConfigureServices(IServiceCollection services) => services.AddPermissions<SamplePermissions>();

    /// <inheritdoc/>
    public override void Configure(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/sampleplugin/greeting", () => Results.Text(Greeting.Text))
            .RequireAuthorization(new PermissionAttribute(SamplePermissions.ViewSamples.Name));
}

/// <summary>What roles may do with samples.</summary>
internal sealed class SamplePermissions : IPermissionProvider
{
    public static Permission ViewSamples { get; } = new("ViewSamples", "See samples");

    public IEnumerable<Permission> Permissions => [ViewSamples];

    public IEnumerable<RoleDefault> Defaults => [new(ReadyRoles.Administrator, ViewSamples)];
}
