using System.Text;
using Crm.Mail.Sending;
using Crm.Mail.Wire;

namespace Crm.Mail.Smtp;

/// <summary>Commands out, replies in.</summary>
internal sealed class SmtpLine(WireConnection wire) : IAsyncDisposable
{
    private const int MostLines = 200;

    public WireConnection Wire => wire;

    public async Task<SmtpReply> AskAsync(string command, TimeSpan time, CancellationToken ct)
    {
        await TellAsync([command], time, ct);
        return (await HearAsync(time, ct)).Reply;
    }

    public Task TellAsync(IReadOnlyCollection<string> commands, TimeSpan time, CancellationToken ct) =>
        wire.WriteAsync(Encoding.UTF8.GetBytes(string.Concat(commands.Select(command => OneLine(command) + "\r\n"))), time, ct);

    /// <summary>One reply with its lines (RFC 5321 §4.2.1).</summary>
    public async Task<(SmtpReply Reply, IReadOnlyList<string> Lines)> HearAsync(TimeSpan time, CancellationToken ct)
    {
        var lines = new List<string>();
        for (var code = 0; ;)
        {
            var line = await wire.ReadLineAsync(time, ct);
            if (line.Length < 3 || line.Length > 3 && line[3] is not (' ' or '-') || !line.AsSpan(0, 3).ContainsOnlyDigits() || line[0] is < '2' or > '5')
                throw new WireException("The server answered something that is not SMTP.");
            var number = (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
            if (code != 0 && code != number || lines.Count == MostLines) throw new WireException("The server's answer contradicts itself or has no end.");
            code = number;
            lines.Add(line.Length > 4 ? line[4..] : "");
            if (line.Length == 3 || line[3] == ' ') return (SmtpReply.Of(code, lines), lines);
        }
    }

    public ValueTask DisposeAsync() => wire.DisposeAsync();

    // No address, name or mechanism can hold a line break; should that ever change, nothing is smuggled.
    private static string OneLine(string command) =>
        command.AsSpan().ContainsAny('\r', '\n', '\0') ? throw new MailFormatException("A command to a mail server is one line.") : command;
}
