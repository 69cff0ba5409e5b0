using Crm.Kernel.Hosting;
using Crm.Kernel.Security;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.StaticAssets;

namespace Crm.Kernel.SignIn;

/// <summary>Checks the cookie at every request: deactivation and a new password take effect at once.</summary>
internal sealed class CookieChecks(KnownHere known, SignedIn signedIn) : CookieAuthenticationEvents
{
    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        var http = context.HttpContext;
        // Styles and scripts are the same for everybody.
        if (http.GetEndpoint()?.Metadata.GetMetadata<StaticAssetDescriptor>() is not null)
            return;
        var person = Ticket.UserOf(context.Principal) is { } id
            ? await known.PersonAsync(id, http.RequestAborted)
            : null;
        if (person is null || !string.Equals(person.Stamp, context.Principal!.FindFirst(Ticket.StampClaim)?.Value, StringComparison.Ordinal))
        {
            context.RejectPrincipal();
            await http.SignOutAsync(KernelWeb.Cookie);
            return;
        }

        signedIn.Person = person;
    }

    // A piece of a page can't show the sign-in: the whole window goes there.
    public override Task RedirectToLogin(RedirectContext<CookieAuthenticationOptions> context)
    {
        if (!context.Request.Headers.ContainsKey("HX-Request"))
            return base.RedirectToLogin(context);
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        context.Response.Headers["HX-Redirect"] = context.Options.LoginPath.Value;
        return Task.CompletedTask;
    }

    public override Task RedirectToAccessDenied(RedirectContext<CookieAuthenticationOptions> context)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }
}
