using Microsoft.AspNetCore.Http;

namespace Crm.Kernel.Hosting;

/// <summary>The API takes bearer tokens only, its document either, everything else the cookie only: a token opens no page, or one that may read could write there.</summary>
internal static class Schemes
{
    public const string Choose = "Crm.Choose";

    public const string Token = "Crm.Token";

    // What programs read beside the API, and people too.
    private static readonly PathString[] _both = ["/openapi", "/metrics"];

    public static string Of(HttpContext http) =>
        http.Request.Path.StartsWithSegments("/api/v1", StringComparison.OrdinalIgnoreCase) || (http.Request.Headers.Authorization.Count > 0 && IsForBoth(http.Request.Path))
            ? Token
            : KernelWeb.Cookie;

    private static bool IsForBoth(PathString path) => Array.Exists(_both, p => path.StartsWithSegments(p, StringComparison.OrdinalIgnoreCase));
}
