using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Crm.Kernel.Security;
using Crm.Kernel.Users;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Crm.Kernel.Hosting;

/// <summary>Signs API calls in by their bearer token.</summary>
internal sealed class TokenHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, KnownHere known, TokenUses uses, TimeProvider clock)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string ScopesClaim = "crm:scopes";
    private const string Prefix = "Bearer ";

    /// <summary>The permissions that a token's scopes leave: <c>read</c> alone leaves the viewing ones.</summary>
    public static Func<string, bool>? Leaves(string scopes)
    {
        var given = scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return given.Length == 0 || given.Contains("write", StringComparer.OrdinalIgnoreCase)
            ? null
            : permission => permission.StartsWith("View", StringComparison.Ordinal) || string.Equals(permission, "ExportRecords", StringComparison.Ordinal);
    }

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            return AuthenticateResult.NoResult();
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(header[Prefix.Length..].Trim()));
        var now = clock.GetUtcNow();
        var token = await known.TokenAsync(hash, Context.RequestAborted);
        if (token is null || token.RevokedAt is not null || token.ExpiresAt <= now)
            return AuthenticateResult.Fail("The token is unknown, expired or revoked.");
        if (await known.PersonAsync(token.UserId, Context.RequestAborted) is null)
            return AuthenticateResult.Fail("The token's user is deactivated.");
        uses.Note(token);
        var identity = new ClaimsIdentity(
            [new Claim(ClaimTypes.NameIdentifier, token.UserId.ToString()), new Claim(ScopesClaim, token.Scopes), new Claim("crm:token", token.Id.ToString())],
            Scheme.Name);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = 401;
        Response.Headers.WWWAuthenticate = "Bearer";
        return Task.CompletedTask;
    }
}
