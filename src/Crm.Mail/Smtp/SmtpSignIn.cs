using System.Security.Cryptography;
using System.Text;
using Crm.Mail.Encodings;
using Crm.Mail.Sending;

namespace Crm.Mail.Smtp;

/// <summary>Signs in (AUTH, RFC 4954) by the best way that the server knows and the connection allows.</summary>
internal sealed class SmtpSignIn(SmtpLine line, SmtpSettings settings, SmtpCapabilities able)
{
    public async Task RunAsync(SmtpLogin login, CancellationToken ct)
    {
        var secret = await login.SecretAsync(ct);
        var reply = Mechanism(login) switch
        {
            "XOAUTH2" => await TokenAsync(login.User, secret, ct),
            "PLAIN" => await AskAsync($"AUTH PLAIN {Encode($"\0{login.User}\0{secret}")}", ct),
            "LOGIN" => await LoginAsync(login.User, secret, ct),
            _ => await CramAsync(login.User, secret, ct),
        };
        if (reply.Code != 235) throw Ended($"The server refused the sign-in: {reply}", reply);
    }

    private string Mechanism(SmtpLogin login)
    {
        var open = line.Wire.IsSecured || settings.AllowLoginInPlain;
        var known = able.Mechanisms;
        if (login.IsToken)
        {
            if (!known.Contains("XOAUTH2")) throw Ended("The server does not offer signing in by token (XOAUTH2).");
            return open ? "XOAUTH2" : throw Ended("A token is not sent over a connection that is not secured.");
        }

        // On a secured connection the server need not keep the password itself to check PLAIN.
        if (open && known.Contains("PLAIN")) return "PLAIN";
        if (open && known.Contains("LOGIN")) return "LOGIN";
        if (known.Contains("CRAM-MD5")) return "CRAM-MD5";
        throw Ended(known.Contains("PLAIN") || known.Contains("LOGIN")
            ? "A password is not sent over a connection that is not secured."
            : "The server offers no way of signing in that is known here.");
    }

    private async Task<SmtpReply> TokenAsync(string user, string token, CancellationToken ct)
    {
        if (token.Any(char.IsControl)) throw Ended("The token holds control characters.");
        var reply = await AskAsync($"AUTH XOAUTH2 {Encode($"user={user}\u0001auth=Bearer {token}\u0001\u0001")}", ct);
        // The reason comes as a challenge; an empty answer fetches the refusal.
        return reply.Code == 334 ? await AskAsync("", ct) : reply;
    }

    private async Task<SmtpReply> LoginAsync(string user, string password, CancellationToken ct)
    {
        var reply = await AskAsync("AUTH LOGIN", ct);
        if (reply.Code == 334) reply = await AskAsync(Encode(user), ct);
        return reply.Code == 334 ? await AskAsync(Encode(password), ct) : reply;
    }

    private async Task<SmtpReply> CramAsync(string user, string password, CancellationToken ct)
    {
        var reply = await AskAsync("AUTH CRAM-MD5", ct);
        if (reply.Code != 334) return reply;
        var challenge = Base64Text.Decode(Encoding.ASCII.GetBytes(reply.Text));
        var proof = Convert.ToHexStringLower(HMACMD5.HashData(Encoding.UTF8.GetBytes(password), challenge));
        return await AskAsync(Encode($"{user} {proof}"), ct);
    }

    private Task<SmtpReply> AskAsync(string command, CancellationToken ct) => line.AskAsync(command, settings.Times.Command, ct);

    private static string Encode(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static SmtpEnded Ended(string message, SmtpReply? reply = null) => new(SendPhase.SignIn, message, reply);
}
