using System.Security.Claims;
using Crm.Kernel.Hosting;
using Crm.Kernel.Users;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace Crm.Kernel.SignIn;

/// <summary>What the cookies say: who somebody is, and the stamp that ends it when the password or the person's state changes.</summary>
internal static class Ticket
{
    public const string StampClaim = "crm:stamp";

    /// <summary>The scheme of the short cookie between password and second factor.</summary>
    public const string HalfWay = "Crm.HalfWay";

    public static Task SignInAsync(HttpContext http, User user, bool remember) =>
        http.SignInAsync(KernelWeb.Cookie, Of(user, KernelWeb.Cookie), new AuthenticationProperties { IsPersistent = remember });

    /// <summary>Gives the present session the user's new stamp; all his others end.</summary>
    public static async Task RenewAsync(HttpContext http, User user)
    {
        var now = await http.AuthenticateAsync(KernelWeb.Cookie);
        await SignInAsync(http, user, now.Properties?.IsPersistent == true);
    }

    public static Task HalfWayAsync(HttpContext http, User user, bool remember) =>
        http.SignInAsync(HalfWay, Of(user, HalfWay), new AuthenticationProperties { Items = { ["remember"] = remember ? "1" : "0" } });

    public static Guid? UserOf(ClaimsPrincipal? principal) =>
        Guid.TryParse(principal?.FindFirstValue(ClaimTypes.NameIdentifier), out var id) ? id : null;

    private static ClaimsPrincipal Of(User user, string scheme) => new(new ClaimsIdentity(
        [new Claim(ClaimTypes.NameIdentifier, user.Id.ToString()), new Claim(StampClaim, user.SecurityStamp)], scheme));
}
