using System.Buffers;
using System.Text;

namespace Crm.Mail.Testing;

/// <summary>One conversation.</summary>
internal sealed class SinkTalk(MailSink sink, SinkWire wire, SinkOptions options, int number)
{
    private readonly List<string> _to = [];
    private string? _from;
    private string? _user;

    public async Task RunAsync(CancellationToken ct)
    {
        if (options is { TlsAtOnce: true, Certificate: { } certificate }) await wire.SecureAsync(certificate, ct);
        await AnswerAsync(SinkPhase.Greeting, "", "220 sink.test ESMTP", ct);
        while (await wire.ReadAsync(ct) is { } bytes)
        {
            var line = Encoding.UTF8.GetString(bytes.Span);
            sink.Heard(line);
            if (!await ObeyAsync(line, ct)) return;
        }
    }

    private async Task<bool> ObeyAsync(string line, CancellationToken ct)
    {
        switch (line.Split(' ', 2)[0].ToUpperInvariant())
        {
            case "EHLO":
                await AnswerAsync(SinkPhase.Hello, line, Hello(), ct);
                break;
            case "HELO":
                await AnswerAsync(SinkPhase.Hello, line, "250 sink.test", ct);
                break;
            case "STARTTLS":
                await StartTlsAsync(line, ct);
                break;
            case "AUTH":
                await SignInAsync(line, ct);
                break;
            case "MAIL":
                await MailFromAsync(line, ct);
                break;
            case "RCPT":
                if (await AnswerAsync(SinkPhase.RcptTo, line, _from is null ? "503 5.5.1 MAIL first" : "250 2.1.5 Ok", ct)) _to.Add(Path(line));
                break;
            case "DATA":
                await DataAsync(line, ct);
                break;
            case "RSET":
                Forget();
                await AnswerAsync(SinkPhase.Reset, line, "250 2.0.0 Ok", ct);
                break;
            case "QUIT":
                await AnswerAsync(SinkPhase.Quit, line, "221 2.0.0 Bye", ct);
                return false;
            default:
                await wire.SayAsync("500 5.5.2 What?\r\n", ct);
                break;
        }

        return true;
    }

    private async Task MailFromAsync(string line, CancellationToken ct)
    {
        var must = options.Users.Count > 0 && _user is null;
        var reply = must ? "530 5.7.0 Sign in first" : _from is not null ? "503 5.5.1 One at a time" : "250 2.1.0 Ok";
        if (await AnswerAsync(SinkPhase.MailFrom, line, reply, ct)) _from = Path(line);
    }

    private async Task DataAsync(string line, CancellationToken ct)
    {
        if (!await AnswerAsync(SinkPhase.Data, line, _to.Count == 0 ? "554 5.5.1 Nobody to give it to" : "354 Go on", ct)) return;
        var content = new ArrayBufferWriter<byte>();
        for (var first = true; ; first = false)
        {
            var next = await wire.ReadAsync(ct) ?? throw new IOException("Gone in the middle of a mail.");
            if (first && options.Script(new SinkStep(SinkPhase.Content, "", number)) is { } act && await DoAsync(act, ct) is not null) return;
            if (next.Span is [(byte)'.']) break;
            content.Write(next.Span is [(byte)'.', ..] ? next.Span[1..] : next.Span);
            content.Write("\r\n"u8);
        }

        sink.Keep(new SinkMail(_from!, [.. _to], content.WrittenSpan.ToArray(), number, wire.IsSecured, _user));
        Forget();
        await AnswerAsync(SinkPhase.Dot, "", "250 2.0.0 Kept", ct);
    }

    private async Task StartTlsAsync(string line, CancellationToken ct)
    {
        if (!await AnswerAsync(SinkPhase.StartTls, line, "220 2.0.0 Go on" + (options.InjectedAfterStartTls.Length > 0 ? "\r\n" + options.InjectedAfterStartTls : ""), ct)) return;
        if (wire.HasMore) throw new IOException("The client said more before it was secured.");
        await wire.SecureAsync(options.Certificate!, ct);
        Forget();
    }

    private async Task SignInAsync(string line, CancellationToken ct)
    {
        if (options.Script(new SinkStep(SinkPhase.SignIn, line, number)) is { } act && await DoAsync(act, ct) is not null) return;
        _user = await new SinkSignIn(sink, wire, options.Users).RunAsync(line, ct);
        await wire.SayAsync(_user is null ? "535 5.7.8 No\r\n" : "235 2.7.0 Welcome\r\n", ct);
    }

    private string Hello()
    {
        List<string> lines = ["sink.test", .. options.Capabilities];
        if (options.Certificate is not null && !wire.IsSecured && !options.HidesStartTls) lines.Add("STARTTLS");
        if (options.Users.Count > 0) lines.Add($"AUTH {options.Mechanisms}");
        return string.Join("\r\n", lines.Select((text, index) => $"250{(index == lines.Count - 1 ? ' ' : '-')}{text}"));
    }

    /// <summary>Says what the script wants, or else this; true where it was good.</summary>
    private async Task<bool> AnswerAsync(SinkPhase phase, string line, string reply, CancellationToken ct)
    {
        if (options.Script(new SinkStep(phase, line, number)) is { } act && await DoAsync(act, ct) is { } said) return said[0] is '2' or '3';
        await wire.SayAsync(reply + "\r\n", ct);
        return reply[0] is '2' or '3';
    }

    // What was said, or null where the server goes on as ever.
    private async Task<string?> DoAsync(SinkAct act, CancellationToken ct)
    {
        switch (act)
        {
            case SinkAct.Saying saying:
                await wire.SayAsync(saying.Reply + "\r\n", ct);
                if (saying.ThenDrop) throw new IOException("The script ends the connection.");
                return saying.Reply;
            case SinkAct.Waiting waiting:
                await Task.Delay(waiting.Time, ct);
                return null;
            case SinkAct.Dropping:
                throw new IOException("The script ends the connection.");
            default:
                await Task.Delay(Timeout.Infinite, ct);
                return null;
        }
    }

    private void Forget()
    {
        _from = null;
        _to.Clear();
    }

    private static string Path(string line) => line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..line.IndexOf('>', StringComparison.Ordinal)];
}
