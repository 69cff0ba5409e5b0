using Crm.Abstractions.Records;
using Crm.Kernel.Users;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Crm.Kernel.SignIn;

/// <summary>Keeps the choice of light and dark that the menu sends.</summary>
[Authorize]
internal sealed class ProfileThemeModel(ChangeUser change) : PageModel
{
    public IActionResult OnGet() => LocalRedirect("/profile");

    public async Task<IActionResult> OnPostAsync(string? theme, CancellationToken ct)
    {
        try
        {
            await change.RunAsync(Ticket.UserOf(User)!.Value, new UserFields { Theme = theme ?? "" }, ct);
            return new NoContentResult();
        }
        catch (RuleViolation)
        {
            return BadRequest();
        }
    }
}
