using Crm.Mail.Addresses;
using Crm.Mail.Sending;
using Crm.Mail.Wire;

namespace Crm.Mail.Smtp;

/// <summary>From nothing to a server that takes mail from us: connect, greeting, EHLO, TLS, sign-in.</summary>
internal sealed class SmtpOpening(SmtpSettings settings)
{
    private SendPhase _phase = SendPhase.Connect;

    public async Task<SmtpSession> OpenAsync(CancellationToken ct)
    {
        WireConnection? wire = null;
        try
        {
            wire = await WireConnection.OpenAsync(settings.Host, settings.Port, settings.Times.Connect, ct);
            var line = new SmtpLine(wire);
            if (settings.Security == SmtpSecurity.Tls) await SecureAsync(wire, ct);
            _phase = SendPhase.Greeting;
            Expect((await line.HearAsync(settings.Times.Greeting, ct)).Reply, 220);
            var able = await SecuredHelloAsync(line, ct);
            if (settings.Login is { } login)
            {
                _phase = SendPhase.SignIn;
                await new SmtpSignIn(line, settings, able).RunAsync(login, ct);
            }

            return new SmtpSession(line, able, settings.Times);
        }
        catch (WireException fault)
        {
            await CloseAsync(wire);
            throw new SmtpEnded(_phase, fault.Message, null, fault);
        }
        catch
        {
            await CloseAsync(wire);
            throw;
        }
    }

    private async Task<SmtpCapabilities> SecuredHelloAsync(SmtpLine line, CancellationToken ct)
    {
        var able = await HelloAsync(line, ct);
        if (line.Wire.IsSecured || settings.Security == SmtpSecurity.Plain) return able;
        _phase = SendPhase.Tls;
        if (!able.StartTls)
        {
            if (settings.Security == SmtpSecurity.StartTlsWhenOffered) return able;
            throw new SmtpEnded(_phase, "The server offers no STARTTLS, and nothing is sent without it.");
        }

        Expect(await line.AskAsync("STARTTLS", settings.Times.Command, ct), 220);
        await SecureAsync(line.Wire, ct);
        // What was said before is forgotten: anybody could have said it (RFC 3207 §4.2).
        return await HelloAsync(line, ct);
    }

    private Task SecureAsync(WireConnection wire, CancellationToken ct)
    {
        _phase = SendPhase.Tls;
        return wire.SecureAsync(settings.Host, settings.Trust, settings.Times.Tls, ct);
    }

    private async Task<SmtpCapabilities> HelloAsync(SmtpLine line, CancellationToken ct)
    {
        _phase = SendPhase.Hello;
        var name = MailDomain.ToAscii(settings.HelloName) ?? "[127.0.0.1]";
        await line.TellAsync([$"EHLO {name}"], settings.Times.Command, ct);
        var (reply, lines) = await line.HearAsync(settings.Times.Command, ct);
        if (reply.IsDone) return SmtpCapabilities.Read(lines);
        // Servers from before 1993 know HELO only.
        if (reply.Code is 500 or 501 or 502 or 504) reply = await line.AskAsync($"HELO {name}", settings.Times.Command, ct);
        Expect(reply, 250);
        return SmtpCapabilities.None;
    }

    private void Expect(SmtpReply reply, int code)
    {
        if (reply.Code != code) throw new SmtpEnded(_phase, $"The server answered: {reply}", reply);
    }

    private static ValueTask CloseAsync(WireConnection? wire) => wire?.DisposeAsync() ?? ValueTask.CompletedTask;
}
