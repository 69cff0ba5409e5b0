using System.Text;
using Crm.Abstractions.Pages;
using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Kernel.Hosting;
using Crm.Kernel.Import;
using Crm.Kernel.Modules;
using Crm.Kernel.Records;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.RecordPages;

/// <summary>Sends a list as a file: the same rows, order and columns as the page shows, page by page through the door.</summary>
internal static class ListExport
{
    private const int Chunk = 200;

    public static void Map(IEndpointRouteBuilder routes, IServiceProvider services)
    {
        var contributions = services.GetRequiredService<Contributions>();
        foreach (var type in services.GetRequiredService<RecordTypes>().All.Where(t => t.HasPages))
        {
            routes.MapGet(type.ListUrl + "/export", (HttpContext http, RecordDoors doors, CancellationToken ct) => SendAsync(http, doors.Of(type), ct))
                .WithMetadata(
                    new ModuleStamp(contributions.FeaturesOf(type.GetType())), type,
                    new PermissionAttribute(type.ViewPermission), new PermissionAttribute(CorePermissions.ExportRecords.Name));
        }
    }

    private static async Task<IResult> SendAsync(HttpContext http, IRecordDoor door, CancellationToken ct)
    {
        var state = ListState.Read(http.Request.Query);
        var views = await http.RequestServices.GetRequiredService<ListViews>().OfAsync(door.Type.Name, ct);
        state = state.With(ListViews.Find(views, state, door.Type));
        var readable = await door.FieldsAsync(ct);
        var chosen = (state.Columns ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries);
        var columns = readable.Where(f => f.Name != "title" && (chosen.Length == 0 ? f.IsListed : chosen.Contains(f.Name, StringComparer.OrdinalIgnoreCase))).ToList();
        RecordPage page;
        try
        {
            page = await door.ListAsync(Query(state, columns, null), ct);
        }
        catch (BadFilter bad)
        {
            return Results.Problem(bad.Message, statusCode: StatusCodes.Status400BadRequest);
        }

        http.Response.ContentType = "text/csv; charset=utf-8";
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"{door.Type.Plural}.csv\"";
        await WriteAsync(http.Response, door, state, columns, page, ct);
        return Results.Empty;
    }

    private static async Task WriteAsync(HttpResponse response, IRecordDoor door, ListState state, List<RecordField> columns, RecordPage first, CancellationToken ct)
    {
        // The mark at the beginning tells spreadsheets that this is UTF-8.
        await using var text = new StreamWriter(response.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
        await text.WriteAsync(CsvLine.Of(columns.Select(c => c.Label).Prepend("Name")));
        for (var page = first; ;)
        {
            foreach (var row in page.Items)
                await text.WriteAsync(CsvLine.Of(columns.Select(c => Plain(row.Values.GetValueOrDefault(c.Name))).Prepend(row.Title)));
            await text.FlushAsync(ct);
            if (page.Next is null)
                break;
            page = await door.ListAsync(Query(state, columns, page.Next), ct);
        }
    }

    private static RecordQuery Query(ListState state, List<RecordField> columns, string? after) =>
        new(state.Filter, state.Sort, Chunk, after, state.Text.Length > 0 ? state.Text : null, Fields: columns.ConvertAll(c => c.Name));

    private static string Plain(object? value) => value switch
    {
        LinkView link => link.Title ?? "",
        IEnumerable<LinkView> links => SeveralText.Write(links.Select(l => l.Title ?? "")),
        _ => FieldText.Plain(value),
    };
}
