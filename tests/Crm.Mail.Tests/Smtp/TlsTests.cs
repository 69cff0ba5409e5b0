using Crm.Mail.Sending;
using Crm.Mail.Smtp;
using Crm.Mail.Testing;
using Crm.Mail.Wire;

namespace Crm.Mail.Tests.Smtp;

public sealed class TlsTests
{
    [Theory]
    [InlineData(SmtpSecurity.Tls)]
    [InlineData(SmtpSecurity.StartTls)]
    [InlineData(SmtpSecurity.StartTlsWhenOffered)]
    public async Task A_pinned_certificate_is_believed_and_the_mail_goes_secured(SmtpSecurity security)
    {
        using var certificate = SinkCertificates.SelfMade("elsewhere.example");
        await using var sink = MailSink.Start(new SinkOptions { Certificate = certificate, TlsAtOnce = security == SmtpSecurity.Tls });
        var trust = new TlsTrust { Pinned = [TlsTrust.Fingerprint(certificate).ToLowerInvariant()] };
        Assert.Equal(SendOutcome.Accepted, (await SmtpMail.SendAsync(SmtpMail.To(sink) with { Security = security, Trust = trust })).Outcome);
        Assert.True(Assert.Single(sink.Mails).Secured);
    }

    [Fact]
    public async Task The_companys_own_authority_is_believed_for_the_right_name_only()
    {
        var (authority, server) = SinkCertificates.Company("localhost");
        await using var sink = MailSink.Start(new SinkOptions { Certificate = server, TlsAtOnce = true });
        var settings = SmtpMail.To(sink) with { Security = SmtpSecurity.Tls, Trust = new TlsTrust { Authorities = [authority] } };
        Assert.Equal(SendOutcome.Accepted, (await SmtpMail.SendAsync(settings)).Outcome);
        var wrong = await SmtpMail.SendAsync(settings with { Host = "127.0.0.1" });
        Assert.Equal((SendOutcome.NotSent, SendPhase.Tls), (wrong.Outcome, wrong.Phase));
        Assert.Contains("another name", wrong.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SmtpSecurity.Tls)]
    [InlineData(SmtpSecurity.StartTls)]
    [InlineData(SmtpSecurity.StartTlsWhenOffered)]
    public async Task A_strangers_certificate_is_not_believed_and_nothing_is_sent(SmtpSecurity security)
    {
        using var certificate = SinkCertificates.SelfMade("localhost");
        using var other = SinkCertificates.SelfMade("localhost");
        await using var sink = MailSink.Start(new SinkOptions { Certificate = certificate, TlsAtOnce = security == SmtpSecurity.Tls });
        foreach (var trust in new[] { TlsTrust.Machine, new TlsTrust { Pinned = [TlsTrust.Fingerprint(other)] }, new TlsTrust { Authorities = [other] } })
        {
            var result = await SmtpMail.SendAsync(SmtpMail.To(sink) with { Security = security, Trust = trust });
            Assert.Equal((SendOutcome.NotSent, SendPhase.Tls), (result.Outcome, result.Phase));
            Assert.Contains(TlsTrust.Fingerprint(certificate), result.Detail, StringComparison.Ordinal);
        }

        Assert.DoesNotContain(sink.Commands, command => command.StartsWith("MAIL", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_the_offer_nothing_is_sent_where_tls_is_wanted()
    {
        using var certificate = SinkCertificates.SelfMade("localhost");
        await using var sink = MailSink.Start(new SinkOptions { Certificate = certificate, HidesStartTls = true });
        var result = await SmtpMail.SendAsync(SmtpMail.To(sink) with { Security = SmtpSecurity.StartTls });
        Assert.Equal((SendOutcome.NotSent, SendPhase.Tls), (result.Outcome, result.Phase));
        Assert.Equal(["EHLO [127.0.0.1]"], sink.Commands);
        Assert.Equal(SendOutcome.Accepted, (await SmtpMail.SendAsync(SmtpMail.To(sink) with { Security = SmtpSecurity.StartTlsWhenOffered })).Outcome);
    }

    [Fact]
    public async Task A_server_that_takes_its_offer_back_gets_nothing()
    {
        using var certificate = SinkCertificates.SelfMade("localhost");
        foreach (var security in new[] { SmtpSecurity.StartTls, SmtpSecurity.StartTlsWhenOffered })
        {
            await using var sink = MailSink.Start(new SinkOptions { Certificate = certificate, Script = step => step.Phase == SinkPhase.StartTls ? SinkAct.Say("454 4.7.0 Not now") : null });
            var result = await SmtpMail.SendAsync(SmtpMail.To(sink) with { Security = security });
            Assert.Equal((SendOutcome.NotSent, SendPhase.Tls, 454), (result.Outcome, result.Phase, result.Reply!.Code));
        }
    }

    [Fact]
    public async Task What_was_said_before_the_connection_was_secured_is_not_believed()
    {
        using var certificate = SinkCertificates.SelfMade("localhost");
        await using var sink = MailSink.Start(new SinkOptions { Certificate = certificate, InjectedAfterStartTls = "250-evil.example\r\n250 AUTH PLAIN\r\n" });
        var trust = new TlsTrust { Pinned = [TlsTrust.Fingerprint(certificate)] };
        var result = await SmtpMail.SendAsync(SmtpMail.To(sink) with { Security = SmtpSecurity.StartTls, Trust = trust });
        Assert.Equal((SendOutcome.NotSent, SendPhase.Tls), (result.Outcome, result.Phase));
        Assert.Contains("before the connection was secured", result.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_hangs_while_securing_is_left()
    {
        // It speaks no TLS at all, and waits for a line.
        await using var sink = MailSink.Start(new SinkOptions { Script = step => step.Phase == SinkPhase.Greeting ? SinkAct.Hang : null });
        var result = await SmtpMail.SendAsync(SmtpMail.To(sink) with { Security = SmtpSecurity.Tls, Times = SmtpMail.Impatient });
        Assert.Equal((SendOutcome.NotSent, SendPhase.Tls), (result.Outcome, result.Phase));
    }
}
