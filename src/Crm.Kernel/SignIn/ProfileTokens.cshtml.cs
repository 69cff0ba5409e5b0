using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Kernel.Data;
using Crm.Kernel.Security;
using Crm.Kernel.Users;
using Crm.Ui.Shell;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Crm.Kernel.SignIn;

/// <summary>A user's own API tokens: made, shown once, ended.</summary>
[Permission("UseApi")]
internal sealed class ProfileTokensModel(
    KernelDb db, MakeToken make, RevokeToken revoke, IUserZone zone, IStringLocalizer<SignInText> text) : PageModel
{
    [BindProperty]
    public Answers Input { get; set; } = new();

    public string? Made { get; private set; }

    public IReadOnlyList<ApiToken> Rows { get; private set; } = [];

    public IEnumerable<SelectListItem> Scopes => [new(text["Read"], "read"), new(text["Read and write"], "read write")];

    private Guid Me => Ticket.UserOf(User)!.Value;

    public async Task OnGetAsync(CancellationToken ct) =>
        Rows = await db.Set<ApiToken>().AsNoTracking().Where(t => t.UserId == Me && t.RevokedAt == null).OrderByDescending(t => t.Id).ToListAsync(ct);

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        try
        {
            if (ModelState.IsValid)
            {
                Made = await make.RunAsync(Me, Input.Name ?? "", Input.Scopes ?? "", EndOf(Input.Expires), ct);
                ModelState.Clear();
                Input = new Answers();
            }
        }
        catch (RuleViolation wrong)
        {
            ModelState.Take(wrong, text);
        }

        if (Made is null)
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        // The token stands in this answer: no cache keeps it.
        Response.Headers.CacheControl = "no-store";
        await OnGetAsync(ct);
        return Page();
    }

    public async Task<IActionResult> OnPostRevokeAsync(Guid id, CancellationToken ct)
    {
        await revoke.RunAsync(id, Me, ct);
        TempData.Toast(text["The token has ended"]);
        return LocalRedirect("/profile/tokens");
    }

    // Good until the end of the reader's day.
    private DateTimeOffset? EndOf(DateOnly? day)
    {
        if (day is not { Year: > 1 and < 9000 } given)
            return null;
        var local = given.AddDays(1).ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(local, zone.Zone.GetUtcOffset(local)).ToUniversalTime();
    }

    /// <summary>What was typed.</summary>
    public sealed class Answers
    {
        public string? Name { get; set; }

        public string? Scopes { get; set; }

        public DateOnly? Expires { get; set; }
    }
}
