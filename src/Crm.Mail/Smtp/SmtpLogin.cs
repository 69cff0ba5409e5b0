namespace Crm.Mail.Smtp;

/// <summary>How to sign in (RFC 4954).</summary>
public sealed class SmtpLogin
{
    private readonly Func<CancellationToken, ValueTask<string>> _secret;

    private SmtpLogin(string user, Func<CancellationToken, ValueTask<string>> secret, bool isToken)
    {
        if (user.Length == 0 || user.Any(char.IsControl)) throw new MailFormatException("A user's name for signing in is a text without control characters.");
        User = user;
        IsToken = isToken;
        _secret = secret;
    }

    /// <summary>The user's name at the server.</summary>
    public string User { get; }

    internal bool IsToken { get; }

    /// <summary>By password: PLAIN (RFC 4616), LOGIN or CRAM-MD5 (RFC 2195), whichever the server knows and the connection allows.</summary>
    /// <param name="user">The user's name.</param>
    /// <param name="password">The password.</param>
    /// <exception cref="MailFormatException">The name or the password holds control characters.</exception>
    public static SmtpLogin ByPassword(string user, string password) =>
        password.Contains('\0') ? throw new MailFormatException("A password holds no NUL.") : new(user, _ => ValueTask.FromResult(password), false);

    /// <summary>By an OAuth 2.0 access token (XOAUTH2).</summary>
    /// <param name="user">The user's name, usually an address.</param>
    /// <param name="token">Gives a token that is good now; asked at every sign-in.</param>
    /// <exception cref="MailFormatException">The name holds control characters.</exception>
    public static SmtpLogin ByToken(string user, Func<CancellationToken, ValueTask<string>> token) => new(user, token, true);

    internal ValueTask<string> SecretAsync(CancellationToken ct) => _secret(ct);
}
