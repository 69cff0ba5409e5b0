using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Crm.Kernel.SignIn;

/// <summary>Asks for e-mail address and password.</summary>
[AllowAnonymous]
internal sealed class LoginModel(SignInWithPassword signIn, IStringLocalizer<SignInText> text) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "returnUrl")]
    public string? ReturnUrl { get; set; }

    [BindProperty]
    public Answers Input { get; set; } = new();

    public IActionResult OnGet() => User.Identity?.IsAuthenticated == true ? Onwards() : Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var outcome = await signIn.RunAsync(HttpContext, Input.Email ?? "", Input.Password ?? "", Input.Remember, ct);
        if (outcome == SignInOutcome.Done)
            return Onwards();
        if (outcome == SignInOutcome.NeedsSecondFactor)
            return RedirectToPage("/SignIn/SecondFactor", new { returnUrl = ReturnUrl });
        ModelState.AddModelError("", text["The e-mail address or the password is not right. After five wrong tries the account is closed for five minutes."]);
        Response.StatusCode = 422;
        return Page();
    }

    private LocalRedirectResult Onwards() => LocalRedirect(Url.IsLocalUrl(ReturnUrl) ? ReturnUrl : "/");

    /// <summary>What was typed.</summary>
    public sealed class Answers
    {
        public string? Email { get; set; }

        public string? Password { get; set; }

        public bool Remember { get; set; }
    }
}
