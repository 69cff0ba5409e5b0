using System.Text;
using Crm.Abstractions.Pages;
using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Crm.Notes.Notes;

/// <summary>A short way in the API: a note on a record, by the record's own address.</summary>
internal static class NoteEndpoints
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/v1/{plural}/{id:guid}/notes", AddAsync)
            .RequireAuthorization(new PermissionAttribute(NotesPermissions.EditNotes.Name))
            .DisableAntiforgery();

    private static async Task<IResult> AddAsync(string plural, Guid id, NoteText note, WriteNote write, IRecordTypes types, IMakeOnce once, HttpRequest request, CancellationToken ct)
    {
        if (types.FindPlural(plural) is null || await write.TitleAsync(id, ct) is null)
            return Results.NotFound();
        return await once.RunAsync(
            request,
            Encoding.UTF8.GetBytes(note.Text ?? ""),
            async inner =>
            {
                var saved = await write.RunAsync(id, note.Text ?? "", inner);
                return new MadeRecord($"/api/v1/notes/{saved.Id}", new { saved.Id, type = "note", title = saved.Spine.Title, saved.Text, url = $"/notes/notes/{saved.Id}", saved.Spine.CreatedAt });
            },
            ct);
    }

    /// <summary>What is sent.</summary>
    internal sealed record NoteText(string? Text);
}
