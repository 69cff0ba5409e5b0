using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.StaticAssets;

namespace Crm.Kernel.Setup;

/// <summary>Until there is an administrator every page leads to the set-up, and the API says that it isn't ready.</summary>
internal sealed class SetupGate(RequestDelegate next, SetupState state)
{
    private static readonly PathString[] _open = ["/setup", "/error", "/health"];

    public async Task InvokeAsync(HttpContext http)
    {
        if (await state.IsDoneAsync(http.RequestAborted)
            || http.GetEndpoint()?.Metadata.GetMetadata<StaticAssetDescriptor>() is not null
            || _open.Any(p => http.Request.Path.StartsWithSegments(p, StringComparison.OrdinalIgnoreCase)))
        {
            await next(http);
            return;
        }

        if (!http.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase))
        {
            http.Response.Redirect("/setup");
            return;
        }

        http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        var problem = new ProblemDetails
        {
            Status = 503,
            Type = "urn:crm:not-set-up",
            Title = "This server is not set up yet.",
            Detail = "Open /setup in a browser, or run crm setup.",
        };
        await http.Response.WriteAsJsonAsync(problem, options: null, "application/problem+json", http.RequestAborted);
    }
}
