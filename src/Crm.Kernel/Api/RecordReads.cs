using Crm.Abstractions.Records;
using Crm.Kernel.Records;
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
        var kinds = http.Names("types") ?? [];
        var page = await Door(http).TimelineAsync(http.Id(), kinds, http.Limit(), http.Asked("after"), http.RequestAborted) ?? throw new RecordMissing();
        await http.AnswerAsync(200, ApiCall.Json(w =>
        {
            w.WriteStartObject();
            w.WriteStartArray("items");
            foreach (var item in page.Items)
            {
                w.WriteStartObject();
                w.WriteString("id", item.Id);
                w.WriteString("type", item.Kind);
                w.WriteString("at", RecordJson.Moment(item.At));
                w.WriteString("text", item.Text);
                w.WritePropertyName("record");
                RecordJson.Link(w, item.Source);
                w.WritePropertyName("by");
                RecordJson.Value(w, item.By);
                w.WriteEndObject();
            }

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
                RecordJson.Value(w, row.Key);
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

    private static bool IsYes(string? text) => text switch
    {
        null => false,
        _ when bool.TryParse(text, out var yes) => yes,
        _ => throw new ApiRefusal(Problem.BadRequest("'count' is true or false.")),
    };

    private IRecordDoor Door(HttpContext http) => http.RequestServices.GetRequiredService<RecordDoors>().Of(type);
}
