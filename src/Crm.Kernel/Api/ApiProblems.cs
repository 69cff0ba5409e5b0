using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Crm.Kernel.Api;

/// <summary>The one place where the API's errors become problems, whoever refused: a handler, the rights, the routing.</summary>
internal sealed class ApiProblems(RequestDelegate next, ILogger<ApiProblems> log)
{
    public async Task InvokeAsync(HttpContext http)
    {
        if (!http.Request.Path.StartsWithSegments("/api/v1", StringComparison.OrdinalIgnoreCase)
            && !http.Request.Path.StartsWithSegments("/openapi", StringComparison.OrdinalIgnoreCase))
        {
            await next(http);
            return;
        }

        try
        {
            await next(http);
        }
        catch (Exception failure) when (!http.Response.HasStarted && !http.RequestAborted.IsCancellationRequested)
        {
            await AnswerAsync(http, failure);
            return;
        }

        if (http.Response is { StatusCode: >= 400, HasStarted: false, ContentType: null })
            await ProblemWriter.WriteAsync(http, Problem.Of(http.Response.StatusCode));
    }

    private async Task AnswerAsync(HttpContext http, Exception failure)
    {
        http.Response.Headers.Location = default;
        http.Response.Headers.ETag = default;
        if (ProblemWriter.Of(failure) is var (problem, more))
        {
            await ProblemWriter.WriteAsync(http, problem, more);
            return;
        }

        log.LogError(failure, "The API failed at {Method} {Path}", http.Request.Method, http.Request.Path);
        await ProblemWriter.WriteAsync(http, Problem.Broken);
    }
}
