using Microsoft.AspNetCore.Http;

namespace Crm.Kernel.Hosting;

/// <summary>Refuses addresses with a NUL in them: no text of ours has one, and PostgreSQL keeps none. Forms with one are refused by the framework.</summary>
internal sealed class PlainAddresses(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext http)
    {
        if (http.Request.QueryString.Value?.Contains("%00", StringComparison.Ordinal) != true
            && http.Request.Path.Value?.Contains('\0', StringComparison.Ordinal) != true)
            return next(http);
        http.Response.StatusCode = StatusCodes.Status400BadRequest;
        return Task.CompletedTask;
    }
}
