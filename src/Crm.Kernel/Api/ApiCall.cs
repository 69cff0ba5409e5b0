using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Crm.Abstractions.Records;
using Crm.Kernel.Filters;
using Crm.Kernel.Records;
using Microsoft.AspNetCore.Http;

namespace Crm.Kernel.Api;

/// <summary>What handlers read from a request and write into its answer.</summary>
internal static class ApiCall
{
    /// <summary>The record's id; anything else names no record.</summary>
    public static Guid Id(this HttpContext http) =>
        Guid.TryParse(http.Request.RouteValues["id"] as string, out var id) ? id : throw new RecordMissing();

    /// <summary>A parameter of the address, or null; given twice is an error.</summary>
    public static string? Asked(this HttpContext http, string name)
    {
        var values = http.Request.Query[name];
        if (values.Count > 1)
            throw new ApiRefusal(Problem.BadRequest($"'{name}' is given more than once."));
        if (values.Count == 0 || string.IsNullOrWhiteSpace(values[0]))
            return null;
        return PlainText.FindUnsound(values[0]!) is null ? values[0] : throw new ApiRefusal(Problem.BadRequest($"'{name}' holds a sign that is no text."));
    }

    public static int Limit(this HttpContext http) => http.Asked("limit") switch
    {
        null => 50,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= 200 => limit,
        _ => throw new ApiRefusal(Problem.BadRequest("'limit' is a number from 1 to 200.")),
    };

    public static IReadOnlyList<string>? Names(this HttpContext http, string name)
    {
        var names = http.Asked(name)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return names?.Length > 200 ? throw new ApiRefusal(Problem.BadRequest($"'{name}' lists more than 200.")) : names;
    }

    public static string ETag(long version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    /// <summary>The version that a write is meant for; null where any will do.</summary>
    public static long? IfMatch(this HttpContext http, RecordView now, bool required)
    {
        var given = http.Request.Headers.IfMatch;
        if (given.Count == 0)
            return required ? throw new ApiRefusal(Problem.NotReady) : null;
        var tags = given.SelectMany(g => (g ?? "").Split(',', StringSplitOptions.TrimEntries)).ToList();
        if (tags.Contains("*", StringComparer.Ordinal))
            return null;
        return tags.Contains(ETag(now.Version), StringComparer.Ordinal) ? now.Version : throw new StaleRecord(now);
    }

    public static byte[] Json(Action<Utf8JsonWriter> write)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(body, RecordJson.Options))
            write(writer);
        return body.WrittenSpan.ToArray();
    }

    public static async Task AnswerAsync(this HttpContext http, int status, ReadOnlyMemory<byte> json)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json; charset=utf-8";
        http.Response.ContentLength = json.Length;
        http.Response.Headers.CacheControl = "private, no-cache";
        if (!HttpMethods.IsHead(http.Request.Method))
            await http.Response.BodyWriter.WriteAsync(json, http.RequestAborted);
    }
}
