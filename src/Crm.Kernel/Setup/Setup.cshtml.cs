using Crm.Abstractions.Records;
using Crm.Kernel.Settings;
using Crm.Kernel.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Crm.Kernel.Setup;

/// <summary>The first set-up in the browser, for who has the console's code.</summary>
[AllowAnonymous]
internal sealed class SetupModel(SetUpSite setUp, SetupState state, SetupCode code, SiteSettings settings, IStringLocalizer<SignInText> text) : PageModel
{
    [BindProperty]
    public Answers Input { get; set; } = new();

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (await state.IsDoneAsync(ct))
            return LocalRedirect("/");
        var site = settings.Now;
        (Input.Country, Input.TimeZone, Input.Language) = (site.Country, site.TimeZone, site.Language);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (await state.IsDoneAsync(ct))
            return LocalRedirect("/");
        switch (code.Check(Input.Code ?? ""))
        {
            case null:
                return Wrong(429, "Too many wrong codes. Wait a minute and try again.");
            case false:
                return Wrong(422, "This is not the code on the console. It changes with every start of the server.");
            default:
                break;
        }

        try
        {
            var site = new Site(Input.SiteName ?? "", Input.Country ?? "", Input.TimeZone ?? "", Input.Language ?? "");
            var admin = await setUp.RunAsync(new FirstSettings(Input.Email ?? "", Input.Password ?? "", Input.Name ?? "", site), ct);
            await Ticket.SignInAsync(HttpContext, admin, remember: false);
            return LocalRedirect("/");
        }
        catch (RuleViolation wrong)
        {
            Take(wrong);
            Response.StatusCode = 422;
            return Page();
        }
    }

    private void Take(RuleViolation wrong)
    {
        ModelState.Take(new RuleViolation(wrong.Messages.ToDictionary(m => m.Key == "site.name" ? "siteName" : m.Key, m => m.Value)), text);
    }

    private PageResult Wrong(int status, string message)
    {
        ModelState.AddModelError("Input.Code", text[message]);
        Response.StatusCode = status;
        return Page();
    }

    /// <summary>What was typed.</summary>
    public sealed class Answers
    {
        public string? Code { get; set; }

        public string? Name { get; set; }

        public string? Email { get; set; }

        public string? Password { get; set; }

        public string? SiteName { get; set; }

        public string? Country { get; set; }

        public string? TimeZone { get; set; }

        public string? Language { get; set; }
    }
}
