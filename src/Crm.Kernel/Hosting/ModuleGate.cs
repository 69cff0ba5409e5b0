using Crm.Abstractions.Modules;
using Crm.Abstractions.Security;
using Microsoft.AspNetCore.Http;

namespace Crm.Kernel.Hosting;

/// <summary>What is off for a user's departments isn't there: 404, before anyone asks for permissions.</summary>
internal sealed class ModuleGate(RequestDelegate next, IModuleSwitches switches)
{
    /// <summary>The item that tells the error page that the module is on elsewhere in the company.</summary>
    public const string OffForDepartment = "crm:off-for-department";

    public async Task InvokeAsync(HttpContext http, ICurrentUser user)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<ModuleStamp>() is { } stamp)
        {
            var rights = await user.RightsAsync(http.RequestAborted);
            foreach (var feature in stamp.Features)
            {
                if (switches.IsOn(feature, rights.Departments))
                    continue;
                if (rights.UserId is not null && switches.IsOn(feature))
                    http.Items[OffForDepartment] = feature;
                http.Response.StatusCode = StatusCodes.Status404NotFound;
                return;
            }
        }

        await next(http);
    }
}
