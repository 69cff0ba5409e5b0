using System.Text.Json;
using Crm.Abstractions.Records;
using Crm.Kernel.Privacy;
using Crm.Kernel.Records;
using Crm.Kernel.Removal;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Api;

/// <summary>The end of records over the API: the bin, out of it, gone for good, erased; and what is kept about a person.</summary>
internal sealed class RecordEnds(RecordType type)
{
    public async Task BinAsync(HttpContext http)
    {
        var rows = await http.RequestServices.GetRequiredService<RecordBin>().ReadAsync(type, http.Limit(), http.RequestAborted);
        await http.AnswerAsync(200, JsonSerializer.SerializeToUtf8Bytes(
            new { items = rows.Select(r => new { r.Id, type = r.Kind, r.Title, r.DeletedAt }) }, JsonSerializerOptions.Web));
    }

    public async Task RestoreAsync(HttpContext http)
    {
        await http.RequestServices.GetRequiredService<RecordDoors>().Of(type).RestoreAsync(http.Id(), http.RequestAborted);
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    public async Task PurgeAsync(HttpContext http)
    {
        await http.RequestServices.GetRequiredService<RecordBin>().PurgeAsync(type, http.Id(), http.RequestAborted);
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    public async Task EraseAsync(HttpContext http)
    {
        var told = JsonBody.Read(http.Request, await JsonBody.BytesAsync(http.Request, http.RequestAborted), mayBeEmpty: false);
        foreach (var other in told.Keys.Where(k => k is not ("name" or "reason")))
            throw new RuleViolation(other, "There is no such field.");
        await http.RequestServices.GetRequiredService<EraseRecord>().RunAsync(
            type, http.Id(), told.GetValueOrDefault("name") as string, told.GetValueOrDefault("reason") as string, http.RequestAborted);
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    public async Task ReportAsync(HttpContext http)
    {
        var report = await http.RequestServices.GetRequiredService<MakeReport>().RunAsync(type, http.Id(), http.RequestAborted);
        await http.AnswerAsync(200, JsonSerializer.SerializeToUtf8Bytes(report, JsonSerializerOptions.Web));
    }
}
