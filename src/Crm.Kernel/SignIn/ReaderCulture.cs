using System.Globalization;
using Crm.Kernel.Settings;
using Microsoft.AspNetCore.Http;

namespace Crm.Kernel.SignIn;

/// <summary>Speaks the reader's language: his own choice, else the site's. The API has no language.</summary>
internal sealed class ReaderCulture(RequestDelegate next, SiteSettings site)
{
    public Task InvokeAsync(HttpContext http, SignedIn signedIn)
    {
        var culture = http.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
            ? CultureInfo.InvariantCulture
            : Languages.CultureOf(signedIn.Person?.Language ?? "", site.Now.Language);
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, culture);
        return next(http);
    }
}
