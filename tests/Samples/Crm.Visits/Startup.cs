using Crm.Abstractions.Modules;
using Crm.Abstractions.Security;
using Crm.Visits.Words;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Visits;

/// <summary>What the plugin contributes.</summary>
public sealed class Startup : StartupBase
{
    /// <inheritdoc/>
    public override void ConfigureServices(IServiceCollection services) => services.AddPermissions<VisitsPermissions>();

    /// <inheritdoc/>
    public override void Configure(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/visits/greeting", () => Results.Text(Greeting.Text))
            .RequireAuthorization(new PermissionAttribute(VisitsPermissions.ViewVisits.Name));
}

/// <summary>What roles may do with visits.</summary>
internal sealed class VisitsPermissions : IPermissionProvider
{
    public static Permission ViewVisits { get; } = new("ViewVisits", "See visits");

    public IEnumerable<Permission> Permissions => [ViewVisits];

    public IEnumerable<RoleDefault> Defaults => [new(ReadyRoles.Administrator, ViewVisits)];
}
