using System.Security.Cryptography;
using System.Text;

namespace Crm.Mail.Testing;

/// <summary>AUTH on the server's side.</summary>
internal sealed class SinkSignIn(MailSink sink, SinkWire wire, IReadOnlyDictionary<string, string> users)
{
    private const string Challenge = "<1896.697170952@sink.test>";

    /// <summary>The user, or null where he is none.</summary>
    public async Task<string?> RunAsync(string line, CancellationToken ct)
    {
        var words = line.Split(' ');
        switch (words[1].ToUpperInvariant())
        {
            case "PLAIN":
                var plain = Decode(words[2]).Split('\0');
                return Known(plain[1], plain[2]);
            case "LOGIN":
                var user = Decode(await AskAsync("User Name", ct));
                return Known(user, Decode(await AskAsync("Password", ct)));
            case "CRAM-MD5":
                var answer = Decode(await AskAsync(Challenge, ct)).Split(' ');
                return users.TryGetValue(answer[0], out var secret) && answer[1] == Proof(secret) ? answer[0] : null;
            case "XOAUTH2":
                return await TokenAsync(Decode(words[2]).Split('\u0001'), ct);
            default:
                return null;
        }
    }

    private async Task<string?> TokenAsync(string[] said, CancellationToken ct)
    {
        var user = Known(said[0]["user=".Length..], said[1]["auth=Bearer ".Length..]);
        if (user is null) await AskAsync("""{"status":"401"}""", ct);
        return user;
    }

    private static string Proof(string secret) =>
        Convert.ToHexStringLower(HMACMD5.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(Challenge)));

    private string? Known(string user, string secret) => users.TryGetValue(user, out var right) && right == secret ? user : null;

    private async Task<string> AskAsync(string question, CancellationToken ct)
    {
        await wire.SayAsync($"334 {Convert.ToBase64String(Encoding.UTF8.GetBytes(question))}\r\n", ct);
        var answer = await wire.ReadAsync(ct) ?? throw new IOException("Gone while signing in.");
        var text = Encoding.UTF8.GetString(answer.Span);
        sink.Heard(text);
        return text;
    }

    private static string Decode(string text) => Encoding.UTF8.GetString(Convert.FromBase64String(text));
}
