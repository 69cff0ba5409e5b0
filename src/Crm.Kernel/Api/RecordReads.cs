using System.Text.Json;
using Crm.Abstractions.Records;
using Crm.Kernel.Records;
using Crm.Kernel.Timeline;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Api;

/// <summary>Reading over the API: lists, records, timelines, sums.</summary>
internal sealed class RecordReads(RecordType type)
{
    public async Task ListAsync(HttpContext http)
    {
        var ct = http.RequestAborted;
        var fields = http.Names("fields")?.Where(f => !RecordJson.Envelope.Contains(f)).ToList();
        var query = new RecordQuery(
            http.Asked("filter"), http.Asked("sort"), http.Limit(), http.Asked("after"), http.Asked("q"), IsYes(http.Asked("count")), fields);
        var page = await Door(http).ListAsync(query, ct);
        await http.AnswerAsync(200, ApiCall.Json(w =>
        {
            w.WriteStartObject();
            w.WriteStartArray("items");
            foreach (var item in page.Items)
                RecordJson.Write(w, item);
            w.WriteEndArray();
            w.WriteString("next", page.Next);
            if (page.Count is { } count)
                w.WriteNumber("count", count);
            w.WriteEndObject();
        }));
    }

    public async Task FindAsync(HttpContext http)
    {
        var record = await Door(http).FindAsync(http.Id(), http.RequestAborted) ?? throw new RecordMissing();
        var tag = ApiCall.ETag(record.Version);
        http.Response.Headers.ETag = tag;
        if (http.Request.Headers.IfNoneMatch.SelectMany(g => (g ?? "").Split(',', StringSplitOptions.TrimEntries)).Contains(tag, StringComparer.Ordinal))
            http.Response.StatusCode = StatusCodes.Status304NotModified;
        else
            await http.AnswerAsync(200, ApiCall.Json(w => RecordJson.Write(w, record)));
    }

    public async Task TimelineAsync(HttpContext http)
    {
        var record = await Door(http).FindAsync(http.Id(), http.RequestAborted) ?? throw new RecordMissing();
        var reader = http.RequestServices.GetRequiredService<TimelineReader>();
        var own = http.RequestServices.GetRequiredService<RecordTypes>().Find(record.Kind) ?? type;
        var page = await reader.ReadAsync(own, record.Id, new StoryQuery(http.Asked("type"), After: http.Asked("after"), Limit: http.Limit()), http.RequestAborted);
        await http.AnswerAsync(200, ApiCall.Json(w =>
        {
            w.WriteStartObject();
            w.WriteStartArray("items");
            foreach (var entry in page.Entries)
                Entry(w, entry);
            w.WriteEndArray();
            w.WriteString("next", page.Next);
            w.WriteEndObject();
        }));
    }

    public async Task SummaryAsync(HttpContext http)
    {
        var group = http.Asked("group") ?? throw new ApiRefusal(Problem.BadRequest("Say by which field with 'group'."));
        var sum = http.Asked("sum");
        var rows = await Door(http).SummaryAsync(group, sum, http.Asked("filter"), http.RequestAborted);
        await http.AnswerAsync(200, ApiCall.Json(w =>
        {
            w.WriteStartObject();
            w.WriteStartArray("items");
            foreach (var row in rows)
            {
                w.WriteStartObject();
                w.WritePropertyName("key");
                Key(w, row.Key);
                w.WriteNumber("count", row.Count);
                if (sum is not null)
                {
                    w.WritePropertyName("sum");
                    RecordJson.Value(w, row.Sum);
                }

                w.WriteEndObject();
            }

            w.WriteEndArray();
            w.WriteEndObject();
        }));
    }

    private static void Key(Utf8JsonWriter writer, object? key)
    {
        if (key is not IReadOnlyList<object?> several)
        {
            RecordJson.Value(writer, key);
            return;
        }

        writer.WriteStartArray();
        foreach (var one in several)
            RecordJson.Value(writer, one);
        writer.WriteEndArray();
    }

    private static void Entry(Utf8JsonWriter writer, StoryEntry entry)
    {
        writer.WriteStartObject();
        writer.WriteString("id", entry.SourceId);
        writer.WriteString("type", entry.Kind);
        writer.WriteString("at", RecordJson.Moment(entry.At));
        writer.WriteString("text", entry.Text);
        writer.WriteString("by", entry.User);
        writer.WriteString("url", entry.SourceUrl);
        writer.WritePropertyName("about");
        RecordJson.Value(writer, entry.About);
        writer.WriteEndObject();
    }

    private static bool IsYes(string? text) => text switch
    {
        null => false,
        _ when bool.TryParse(text, out var yes) => yes,
        _ => throw new ApiRefusal(Problem.BadRequest("'count' is true or false.")),
    };

    private IRecordDoor Door(HttpContext http) => http.RequestServices.GetRequiredService<RecordDoors>().Of(type);
}
