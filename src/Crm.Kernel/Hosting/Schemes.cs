using Microsoft.AspNetCore.Http;

namespace Crm.Kernel.Hosting;

/// <summary>The API takes bearer tokens only, everything else the cookie only.</summary>
internal static class Schemes
{
    public const string Choose = "Crm.Choose";

    public const string Token = "Crm.Token";

    public static string Of(HttpContext http) =>
        http.Request.Path.StartsWithSegments("/api/v1", StringComparison.OrdinalIgnoreCase) || http.Request.Headers.Authorization.Count > 0 ? Token : KernelWeb.Cookie;
}
