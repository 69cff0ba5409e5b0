using Crm.Abstractions.Data;
using Crm.Abstractions.Pages;
using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Crm.Files.Files;

/// <summary>The doors for bytes: download in the browser, attachments in the API.</summary>
internal static class FileEndpoints
{
    // Whatever the setting says: more is not even read.
    public const long HardLimit = 1L << 30;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var view = new PermissionAttribute(FilesPermissions.ViewFiles.Name);
        routes.MapGet("/files/files/{id:guid}/bytes", (Guid id, ReadFile read, HttpContext http, CancellationToken ct) => read.RunAsync(id, http, ct))
            .RequireAuthorization(view);
        routes.MapGet("/api/v1/files/{id:guid}/bytes", (Guid id, ReadFile read, HttpContext http, CancellationToken ct) => read.RunAsync(id, http, ct))
            .RequireAuthorization(view);
        routes.MapGet("/api/v1/{plural}/{id:guid}/attachments", ListAsync).RequireAuthorization(view);
        routes.MapPost("/api/v1/{plural}/{id:guid}/attachments", AddAsync)
            .RequireAuthorization(new PermissionAttribute(FilesPermissions.EditFiles.Name))
            .WithMetadata(new RequestSizeLimitAttribute(HardLimit))
            .WithFormOptions(multipartBodyLengthLimit: HardLimit)
            .DisableAntiforgery();
    }

    private static async Task<IResult> ListAsync(string plural, Guid id, CrmDb db, IRecordTypes types, CancellationToken ct)
    {
        if (!await SeesAsync(plural, id, db, types, ct))
            return Missing();
        var files = await (await db.VisibleAsync<StoredFile>(ct)).AsNoTracking().Where(f => f.AboutId == id)
            .OrderByDescending(f => f.Id).Take(200)
            .Select(f => new { f.Id, f.Name, f.MediaType, f.Length, f.Spine.CreatedAt }).ToListAsync(ct);
        return Results.Ok(new
        {
            items = files.Select(f => new { f.Id, type = "file", title = f.Name, f.MediaType, f.Length, url = $"/api/v1/files/{f.Id}/bytes", f.CreatedAt }),
            next = (string?)null,
        });
    }

    private static async Task<IResult> AddAsync(
        string plural, Guid id, HttpRequest request, CrmDb db, IRecordTypes types, AddFile add, IMakeOnce once, CancellationToken ct)
    {
        if (!await SeesAsync(plural, id, db, types, ct))
            return Missing();
        if (!request.HasFormContentType)
            return Results.Problem(statusCode: StatusCodes.Status415UnsupportedMediaType, detail: "Send the file as multipart/form-data, in a part named file.");
        var sent = (await request.ReadFormAsync(ct)).Files.GetFile("file") ?? throw new RuleViolation("file", "Send a part named file.");
        await using var bytes = sent.OpenReadStream();
        await using var taken = await add.TakeAsync(sent.FileName, bytes, ct);
        // Whether it is the same file again is told by its bytes; they are written before the unit, which is short.
        await add.StoreAsync(taken, ct);
        return await once.RunAsync(
            request,
            taken.Says(),
            async inner =>
            {
                var file = await add.HangAsync(id, taken, inner);
                var url = $"/api/v1/files/{file.Id}/bytes";
                return new MadeRecord(url, new { file.Id, type = "file", title = file.Name, file.MediaType, file.Length, url });
            },
            ct);
    }

    private static async Task<bool> SeesAsync(string plural, Guid id, CrmDb db, IRecordTypes types, CancellationToken ct) =>
        types.FindPlural(plural) is { } type && await (await db.VisibleAmongAsync([id], ct, type.Kinds)).AnyAsync(ct);

    private static IResult Missing() => Results.NotFound();
}
