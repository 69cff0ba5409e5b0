using Crm.Abstractions.Records;
using Crm.Kernel.Records;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Api;

/// <summary>Writing over the API: a new record, changes, the bin, deeds.</summary>
internal sealed class RecordWrites(RecordType type)
{
    public async Task CreateAsync(HttpContext http)
    {
        var ct = http.RequestAborted;
        var bytes = await JsonBody.BytesAsync(http.Request, ct);
        await OnceAsync(http, bytes, async token =>
        {
            var record = await Door(http).CreateAsync(JsonBody.Read(http.Request, bytes, mayBeEmpty: false), null, token);
            var advice = await Door(http).AdviceAsync(record.Id, token);
            return new ApiAnswer(201, $"/api/v1/{type.Plural}/{record.Id}", ApiCall.ETag(record.Version), ApiCall.Json(w => RecordJson.Write(w, record, advice)));
        });
    }

    public async Task UpdateAsync(HttpContext http)
    {
        var ct = http.RequestAborted;
        var now = await NowAsync(http);
        var version = http.IfMatch(now, required: true);
        var values = JsonBody.Read(http.Request, await JsonBody.BytesAsync(http.Request, ct), mayBeEmpty: false);
        var record = await Door(http).UpdateAsync(now.Id, values, version, ct);
        var advice = await Door(http).AdviceAsync(record.Id, ct);
        http.Response.Headers.ETag = ApiCall.ETag(record.Version);
        await http.AnswerAsync(200, ApiCall.Json(w => RecordJson.Write(w, record, advice)));
    }

    public async Task DeleteAsync(HttpContext http)
    {
        var now = await NowAsync(http);
        await Door(http).DeleteAsync(now.Id, http.IfMatch(now, required: true), http.RequestAborted);
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    public async Task DoAsync(HttpContext http, string verb)
    {
        var ct = http.RequestAborted;
        var bytes = await JsonBody.BytesAsync(http.Request, ct);
        await OnceAsync(http, bytes, async token =>
        {
            var now = await NowAsync(http);
            var input = JsonBody.Read(http.Request, bytes, mayBeEmpty: true);
            var record = await Door(http).DoAsync(now.Id, verb, input, http.IfMatch(now, required: false), token);
            return new ApiAnswer(200, null, ApiCall.ETag(record.Version), ApiCall.Json(w => RecordJson.Write(w, record)));
        });
    }

    private static async Task OnceAsync(HttpContext http, ReadOnlyMemory<byte> bytes, Func<CancellationToken, Task<ApiAnswer>> work)
    {
        var answer = await http.RequestServices.GetRequiredService<AnswerOnce>().RunAsync(http.Request, bytes, work, http.RequestAborted);
        if (answer.Location is not null)
            http.Response.Headers.Location = answer.Location;
        if (answer.ETag is not null)
            http.Response.Headers.ETag = answer.ETag;
        await http.AnswerAsync(answer.Status, answer.Body);
    }

    // What can't be seen isn't there, whatever else is wrong with the request.
    private async Task<RecordView> NowAsync(HttpContext http) =>
        await Door(http).FindAsync(http.Id(), http.RequestAborted) ?? throw new RecordMissing();

    private IRecordDoor Door(HttpContext http) => http.RequestServices.GetRequiredService<RecordDoors>().Of(type);
}
