using Crm.Abstractions.Data;
using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Crm.Files.Files;

/// <summary>The files of a record, with upload.</summary>
[Permission("ViewFiles")]
[RequestSizeLimit(FileEndpoints.HardLimit)]
[RequestFormLimits(MultipartBodyLengthLimit = FileEndpoints.HardLimit)]
internal sealed class PanelModel(CrmDb db, AddFile add, IStringLocalizer<Startup> l) : PageModel
{
    private const int Shown = 3;

    public Guid Id { get; private set; }

    public int Count { get; private set; }

    public IReadOnlyList<FileRow> Files { get; private set; } = [];

    public bool MayAdd { get; private set; }

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct) =>
        await LoadAsync(id, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(Guid id, IFormFile? file, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct))
            return NotFound();
        if (!MayAdd)
            return Forbid();
        if (file is null)
            ModelState.AddModelError("file", l["Choose a file."]);
        else
            await AddAsync(id, file, ct);
        if (!ModelState.IsValid)
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        await LoadAsync(id, ct);
        return Page();
    }

    private async Task AddAsync(Guid id, IFormFile file, CancellationToken ct)
    {
        try
        {
            await using var bytes = file.OpenReadStream();
            await add.RunAsync(id, file.FileName, bytes, ct);
        }
        catch (RuleViolation wrong)
        {
            foreach (var (_, message) in wrong.Said(l))
                ModelState.AddModelError("file", message);
        }
    }

    private async Task<bool> LoadAsync(Guid id, CancellationToken ct)
    {
        if (!await (await db.VisibleAmongAsync([id], ct)).AnyAsync(ct))
            return false;
        var files = (await db.VisibleAsync<StoredFile>(ct)).Where(f => f.AboutId == id);
        Id = id;
        MayAdd = (await db.RightsAsync(ct)).May(FilesPermissions.EditFiles.Name);
        Count = await files.CountAsync(ct);
        Files = await files.OrderByDescending(f => f.Id).Take(Shown)
            .Select(f => new FileRow(f.Id, f.Name, f.Length, f.Spine.CreatedAt)).ToListAsync(ct);
        return true;
    }
}

/// <summary>A file as the panel shows it.</summary>
internal sealed record FileRow(Guid Id, string Name, long Length, DateTimeOffset At)
{
    public string Size => Length switch
    {
        < 1024 => $"{Length} B",
        < 1024 * 1024 => $"{Length / 1024} KB",
        _ => $"{Length / 1024.0 / 1024.0:0.0} MB",
    };
}
