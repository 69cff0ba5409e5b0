using Crm.Kernel.Users;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;

namespace Crm.Kernel.SignIn;

/// <summary>Ends a sign-in with the second factor: a code of the app, or one of the recovery codes, each good once.</summary>
internal sealed class SignInWithCode(UserManager<User> users, Attempts attempts, UsedCodes used)
{
    public async Task<bool> RunAsync(HttpContext http, string code, CancellationToken ct)
    {
        var halfWay = await http.AuthenticateAsync(Ticket.HalfWay);
        if (Ticket.UserOf(halfWay.Principal) is not { } id || await users.FindByIdAsync(id.ToString()) is not { DisabledAt: null } user
            || !string.Equals(halfWay.Principal!.FindFirst(Ticket.StampClaim)?.Value, user.SecurityStamp, StringComparison.Ordinal))
            return false;
        if (await attempts.IsLockedAsync(id, ct))
            return false;
        if (!await IsRightAsync(user, code.Replace(" ", "", StringComparison.Ordinal).Trim()))
        {
            await attempts.WrongAsync(id, ct);
            return false;
        }

        if (!await attempts.RightAsync(id, ct))
            return false;
        await http.SignOutAsync(Ticket.HalfWay);
        await Ticket.SignInAsync(http, user, halfWay.Properties?.Items.TryGetValue("remember", out var kept) == true && kept == "1");
        return true;
    }

    private async Task<bool> IsRightAsync(User user, string code)
    {
        if (code.Length is 0 or > 40)
            return false;
        if (code.Length == 6 && code.All(char.IsAsciiDigit))
        {
            return await users.VerifyTwoFactorTokenAsync(user, TokenOptions.DefaultAuthenticatorProvider, code)
                && await used.TryUseAsync(user, code);
        }

        return (await users.RedeemTwoFactorRecoveryCodeAsync(user, code)).Succeeded;
    }
}
