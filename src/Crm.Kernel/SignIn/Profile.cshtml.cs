using Crm.Abstractions.Records;
using Crm.Kernel.Data;
using Crm.Kernel.Users;
using Crm.Ui.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Crm.Kernel.SignIn;

/// <summary>What a user says about himself: name, language, zone, colours, password.</summary>
[Authorize]
internal sealed class ProfileModel(
    KernelDb db, ChangeUser change, ResetPassword reset, CheckPassword check, IStringLocalizer<SignInText> text) : PageModel
{
    [BindProperty]
    public Answers Input { get; set; } = new();

    public IEnumerable<SelectListItem> Themes =>
        [new(text["As the system"], "auto"), new(text["Light"], "light"), new(text["Dark"], "dark")];

    private Guid Me => Ticket.UserOf(User)!.Value;

    public async Task OnGetAsync(CancellationToken ct)
    {
        var user = await db.Set<User>().AsNoTracking().FirstAsync(u => u.Id == Me, ct);
        (Input.Name, Input.Language, Input.TimeZone, Input.Theme) = (user.Name, user.Language, user.TimeZone, user.Theme is { Length: > 0 } theme ? theme : "auto");
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var fields = new UserFields { Name = Input.Name ?? "", Language = Input.Language ?? "", TimeZone = Input.TimeZone ?? "", Theme = Input.Theme ?? "" };
        try
        {
            await change.RunAsync(Me, fields, ct);
        }
        catch (RuleViolation wrong)
        {
            return Wrong(wrong);
        }

        TempData.Toast(text["Saved"]);
        return LocalRedirect("/profile");
    }

    public async Task<IActionResult> OnPostPasswordAsync(CancellationToken ct)
    {
        try
        {
            await check.RunAsync(Me, Input.Present ?? "", "present", ct);
            await reset.RunAsync(Me, Input.Password ?? "", dropSecondFactor: false, ct);
        }
        catch (RuleViolation wrong)
        {
            await OnGetAsync(ct);
            return Wrong(wrong);
        }

        await Ticket.RenewAsync(HttpContext, await db.Set<User>().AsNoTracking().FirstAsync(u => u.Id == Me, ct));
        TempData.Toast(text["Your new password counts from now on"]);
        return LocalRedirect("/profile");
    }

    private PageResult Wrong(RuleViolation wrong)
    {
        ModelState.Take(wrong, text);
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    /// <summary>What was typed.</summary>
    public sealed class Answers
    {
        public string? Name { get; set; }

        public string? Language { get; set; }

        public string? TimeZone { get; set; }

        public string? Theme { get; set; }

        public string? Present { get; set; }

        public string? Password { get; set; }
    }
}
