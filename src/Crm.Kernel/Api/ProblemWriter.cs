using System.Text.Json;
using Crm.Abstractions.Records;
using Crm.Kernel.Data;
using Crm.Kernel.Records;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Crm.Kernel.Api;

/// <summary>Writes problems as <c>application/problem+json</c>.</summary>
internal static class ProblemWriter
{
    /// <summary>What an exception means to the caller; null for a fault of ours.</summary>
    public static (Problem Problem, Action<Utf8JsonWriter>? More)? Of(Exception failure) => failure switch
    {
        ApiRefusal refusal => (refusal.Problem, null),
        BadFilter bad => (new Problem(400, "bad-filter", "The filter, sort or cursor can't be read.", bad.Message), w => w.WriteNumber("position", bad.Position)),
        RuleViolation violation => (new Problem(422, "validation", "Some values break a rule.", null), w => Errors(w, violation)),
        NotAllowed => (Problem.Forbidden, null),
        RecordMissing => (Problem.NotFound, null),
        StaleRecord stale => (Problem.Stale, w => Now(w, stale.Now)),
        // A page's own save, or what a deed changed beside its record.
        _ when Failures.IsStale(failure) => (Problem.Stale, null),
        BadHttpRequestException http => (Problem.Of(http.StatusCode), null),
        _ when Failures.IsTransient(failure) => (Problem.Busy, null),
        _ => null,
    };

    public static async Task WriteAsync(HttpContext http, Problem problem, Action<Utf8JsonWriter>? more = null)
    {
        http.Response.StatusCode = problem.Status;
        http.Response.ContentType = "application/problem+json";
        if (problem.Status == 401)
            http.Response.Headers.WWWAuthenticate = "Bearer";
        if (problem.Status == 503)
            http.Response.Headers.RetryAfter = "1";
        // No page stands in for it.
        if (http.Features.Get<Microsoft.AspNetCore.Diagnostics.IStatusCodePagesFeature>() is { } pages)
            pages.Enabled = false;
        var body = new System.Buffers.ArrayBufferWriter<byte>();
        await using (var writer = new Utf8JsonWriter(body, RecordJson.Options))
        {
            writer.WriteStartObject();
            writer.WriteString("type", $"/problems/{problem.Name}");
            writer.WriteString("title", problem.Title);
            writer.WriteNumber("status", problem.Status);
            if (problem.Detail is not null)
                writer.WriteString("detail", problem.Detail);
            more?.Invoke(writer);
            writer.WriteEndObject();
        }

        http.Response.ContentLength = body.WrittenCount;
        if (!HttpMethods.IsHead(http.Request.Method))
            await http.Response.BodyWriter.WriteAsync(body.WrittenMemory, http.RequestAborted);
    }

    private static void Errors(Utf8JsonWriter writer, RuleViolation violation)
    {
        writer.WriteStartObject("errors");
        foreach (var (field, messages) in violation.Errors)
        {
            writer.WriteStartArray(field);
            foreach (var message in messages)
                writer.WriteStringValue(message);
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static void Now(Utf8JsonWriter writer, RecordView now)
    {
        writer.WritePropertyName("current");
        RecordJson.Write(writer, now);
    }
}
