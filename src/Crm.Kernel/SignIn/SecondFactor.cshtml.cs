using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Crm.Kernel.SignIn;

/// <summary>Asks for the code of the app, after the password was right.</summary>
[AllowAnonymous]
internal sealed class SecondFactorModel(SignInWithCode signIn, IStringLocalizer<SignInText> text) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "returnUrl")]
    public string? ReturnUrl { get; set; }

    [BindProperty(Name = "Code")]
    public string? Code { get; set; }

    public async Task<IActionResult> OnGetAsync() =>
        (await HttpContext.AuthenticateAsync(Ticket.HalfWay)).Succeeded ? Page() : RedirectToPage("/SignIn/Login");

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (await signIn.RunAsync(HttpContext, Code ?? "", ct))
            return LocalRedirect(Url.IsLocalUrl(ReturnUrl) ? ReturnUrl : "/");
        ModelState.AddModelError("Code", text["This code is not right, or was used before. After five wrong tries the account is closed for five minutes."]);
        Response.StatusCode = 422;
        return Page();
    }
}
