using Crm.Abstractions.Data;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Crm.Files.Files;

/// <summary>Sends a file's bytes chunk by chunk, always as something to save, never as something to run.</summary>
internal sealed class ReadFile(CrmDb db)
{
    /// <summary>Answers with the bytes, or 404 where the file isn't there or not visible.</summary>
    public async Task<IResult> RunAsync(Guid id, HttpContext http, CancellationToken ct)
    {
        var file = await (await db.VisibleAsync<StoredFile>(ct)).AsNoTracking()
            .Where(f => f.Id == id).Select(f => new { f.Name, f.MediaType, f.ContentId, f.Length }).FirstOrDefaultAsync(ct);
        if (file is null)
            return Results.Problem(statusCode: StatusCodes.Status404NotFound, detail: "There is no such file.");
        http.Response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        http.Response.ContentLength = file.Length;
        return Results.Stream(
            to => CopyAsync(file.ContentId, to, ct), file.MediaType, file.Name);
    }

    private async Task CopyAsync(Guid content, Stream to, CancellationToken ct)
    {
        for (var position = 0; ; position++)
        {
            var bytes = await db.Set<FileChunk>().AsNoTracking()
                .Where(c => c.ContentId == content && c.Position == position).Select(c => c.Bytes).FirstOrDefaultAsync(ct);
            if (bytes is null)
                return;
            await to.WriteAsync(bytes, ct);
        }
    }
}
