using Crm.Abstractions.Records;
using Crm.Kernel.Security;
using Crm.Kernel.Settings;
using Crm.Kernel.Users;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Crm.Kernel.SignIn;

/// <summary>Switches the second factor on and off, and makes recovery codes. Each begins with the password.</summary>
[Authorize]
internal sealed class ProfileSecondFactorModel(
    UserManager<User> users, CheckPassword check, UsedCodes used, SiteSettings site, Actor actor, IStringLocalizer<SignInText> text) : PageModel
{
    private const int Codes = 10;

    [BindProperty]
    public Answers Input { get; set; } = new();

    public bool IsOn { get; private set; }

    public int CodesLeft { get; private set; }

    /// <summary>The key to be confirmed, in groups of four.</summary>
    public string? Key { get; private set; }

    public string Address { get; private set; } = "";

    public IHtmlContent Picture => QrPicture.Svg(Address, text["Picture of the key"]);

    public IReadOnlyList<string> RecoveryCodes { get; private set; } = [];

    public async Task OnGetAsync() => await ShowAsync(await MeAsync(), withKey: false);

    public Task<IActionResult> OnPostStartAsync(CancellationToken ct) => DoAsync(
        async user =>
        {
            if (user.HasSecondFactor)
                throw new RuleViolation("", "The second factor is on already.");
            await check.RunAsync(user.Id, Input.Present ?? "", "present", ct);
            actor.What = "Made a key for the second factor";
            await users.ResetAuthenticatorKeyAsync(user);
        },
        withKey: true);

    public Task<IActionResult> OnPostConfirmAsync() => DoAsync(
        async user =>
        {
            var code = (Input.Code ?? "").Replace(" ", "", StringComparison.Ordinal);
            if (user.HasSecondFactor || user.AuthenticatorKey is null)
                throw new RuleViolation("", "Begin again: there is no key to confirm.");
            if (!await users.VerifyTwoFactorTokenAsync(user, TokenOptions.DefaultAuthenticatorProvider, code) || !await used.TryUseAsync(user, code))
                throw new RuleViolation("code", "This code is not right. Look whether the time on your device is.");
            actor.What = "Switched the second factor on";
            await users.SetTwoFactorEnabledAsync(user, true);
            RecoveryCodes = (await users.GenerateNewTwoFactorRecoveryCodesAsync(user, Codes))!.ToList();
        },
        withKey: true);

    public Task<IActionResult> OnPostOffAsync(string? act, CancellationToken ct) => DoAsync(
        async user =>
        {
            await check.RunAsync(user.Id, Input.Present ?? "", "present", ct);
            if (act == "codes" && user.HasSecondFactor)
            {
                actor.What = "Made new recovery codes";
                RecoveryCodes = (await users.GenerateNewTwoFactorRecoveryCodesAsync(user, Codes))!.ToList();
                return;
            }

            actor.What = "Switched the second factor off";
            (user.AuthenticatorKey, user.RecoveryCodes) = (null, null);
            await users.SetTwoFactorEnabledAsync(user, false);
        },
        withKey: false);

    private async Task<IActionResult> DoAsync(Func<User, Task> act, bool withKey)
    {
        var user = await MeAsync();
        var isRight = true;
        try
        {
            await act(user);
            // Each step made a new stamp, which ends the sessions elsewhere.
            await Ticket.RenewAsync(HttpContext, user);
        }
        catch (RuleViolation wrong)
        {
            isRight = false;
            ModelState.Take(wrong, text);
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        }

        await ShowAsync(user, withKey && (isRight || Input.Code is not null));
        return Page();
    }

    private async Task<User> MeAsync() => (await users.FindByIdAsync(Ticket.UserOf(User)!.Value.ToString()))!;

    private async Task ShowAsync(User user, bool withKey)
    {
        IsOn = user.HasSecondFactor;
        CodesLeft = IsOn ? await users.CountRecoveryCodesAsync(user) : 0;
        if (IsOn || !withKey || await users.GetAuthenticatorKeyAsync(user) is not { } key)
            return;
        Key = string.Join(' ', key.Chunk(4).Select(four => new string(four)));
        var issuer = Uri.EscapeDataString(site.Now.Name);
        Address = $"otpauth://totp/{issuer}:{Uri.EscapeDataString(user.Email)}?secret={key}&issuer={issuer}&digits=6";
    }

    /// <summary>What was typed.</summary>
    public sealed class Answers
    {
        public string? Present { get; set; }

        public string? Code { get; set; }
    }
}
