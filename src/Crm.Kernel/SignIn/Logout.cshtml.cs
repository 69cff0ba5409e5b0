using Crm.Kernel.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Crm.Kernel.SignIn;

/// <summary>Signs out.</summary>
internal sealed class LogoutModel : PageModel
{
    public IActionResult OnGet() => LocalRedirect("/");

    public async Task<IActionResult> OnPostAsync()
    {
        await HttpContext.SignOutAsync(KernelWeb.Cookie);
        return RedirectToPage("/SignIn/Login");
    }
}
