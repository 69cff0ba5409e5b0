using System.Text.RegularExpressions;
using Crm.Abstractions.Security;
using Crm.Kernel.Data;
using Crm.Kernel.Records;
using Crm.Kernel.Users;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Crm.Admin.Why;

/// <summary>Answers why somebody may see a record, or why not, by naming the rule.</summary>
[Permission("AdministerUsers")]
internal sealed partial class IndexModel(KernelDb db, ExplainAccess explain, RecordTypes types, IStringLocalizer<AdminText> text) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "user")]
    public Guid? UserId { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? What { get; set; }

    public IReadOnlyList<SelectListItem> Users { get; private set; } = [];

    public string Name { get; private set; } = "";

    public AccessAnswer? Answer { get; private set; }

    public async Task OnGetAsync(CancellationToken ct)
    {
        Users = (await db.Set<User>().AsNoTracking().OrderBy(u => u.Name).Select(u => new { u.Id, u.Name }).ToListAsync(ct))
            .Select(u => new SelectListItem(u.Name, u.Id.ToString())).ToList();
        if (UserId is not { } user || string.IsNullOrWhiteSpace(What))
            return;
        Name = Users.FirstOrDefault(u => u.Value == user.ToString())?.Text ?? "";
        if (Name.Length == 0)
        {
            ModelState.AddModelError("user", text["There is no such user."]);
            return;
        }

        // Only what is left of a page's address: a record's id is the last one in it.
        var id = Ids().Matches(What.Length > 500 ? What[..500] : What).LastOrDefault()?.Value;
        try
        {
            Answer = id is null ? null : await explain.RunAsync(user, Guid.Parse(id), ct);
        }
        catch (RecordMissing)
        {
            Answer = null;
        }

        // An administrator of users who may not see the record himself learns nothing of it here.
        if (Answer is { } answer && (types.Find(answer.Record.Kind) is not { } type || !await db.MayAsync(type.ViewPermission, answer.Record, ct)))
            Answer = null;
        if (Answer is null)
            ModelState.AddModelError("what", text["There is nothing that you may see at this address."]);
    }

    [GeneratedRegex("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Ids();
}
