using Crm.Mail.Sending;
using Crm.Mail.Smtp;
using Crm.Mail.Testing;
using Crm.Mail.Wire;

namespace Crm.Mail.Tests.Smtp;

public sealed class SignInTests
{
    private static readonly Dictionary<string, string> _users = new(StringComparer.Ordinal) { ["änna"] = "pa ss\u00e4", ["bot"] = "token.1" };

    [Theory]
    [InlineData("PLAIN LOGIN CRAM-MD5", "AUTH PLAIN")]
    [InlineData("CRAM-MD5 LOGIN", "AUTH LOGIN")]
    [InlineData("DIGEST-X CRAM-MD5", "AUTH CRAM-MD5")]
    public async Task A_password_signs_in_by_what_the_server_knows(string mechanisms, string expected)
    {
        await using var secured = new Secured(mechanisms);
        var result = await SmtpMail.SendAsync(secured.Settings with { Login = SmtpLogin.ByPassword("änna", "pa ss\u00e4") });
        Assert.Equal(SendOutcome.Accepted, result.Outcome);
        Assert.Equal("änna", Assert.Single(secured.Sink.Mails).User);
        Assert.Contains(secured.Sink.Commands, command => command.StartsWith(expected, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("PLAIN")]
    [InlineData("LOGIN")]
    [InlineData("CRAM-MD5")]
    public async Task A_wrong_password_means_not_sent(string mechanism)
    {
        await using var secured = new Secured(mechanism);
        var result = await SmtpMail.SendAsync(secured.Settings with { Login = SmtpLogin.ByPassword("änna", "wrong") });
        Assert.Equal((SendOutcome.NotSent, SendPhase.SignIn, 535), (result.Outcome, result.Phase, result.Reply!.Code));
        Assert.DoesNotContain("wrong", result.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("token.1", SendOutcome.Accepted)]
    [InlineData("token.2", SendOutcome.NotSent)]
    public async Task A_token_signs_in_and_is_asked_for_each_time(string token, SendOutcome expected)
    {
        await using var secured = new Secured("XOAUTH2 PLAIN");
        var asked = 0;
        var login = SmtpLogin.ByToken("bot", _ => ValueTask.FromResult(asked++ >= 0 ? token : ""));
        var result = await SmtpMail.SendAsync(secured.Settings with { Login = login });
        Assert.Equal((expected, 1), (result.Outcome, asked));
        if (expected == SendOutcome.NotSent) Assert.Equal(535, result.Reply!.Code);
    }

    [Fact]
    public async Task No_password_goes_over_a_connection_that_is_not_secured()
    {
        await using var sink = MailSink.Start(new SinkOptions { Users = _users, Mechanisms = "PLAIN LOGIN XOAUTH2" });
        foreach (var login in new[] { SmtpLogin.ByPassword("änna", "pa ss\u00e4"), SmtpLogin.ByToken("bot", _ => ValueTask.FromResult("token.1")) })
        {
            var result = await SmtpMail.SendAsync(SmtpMail.To(sink) with { Login = login });
            Assert.Equal((SendOutcome.NotSent, SendPhase.SignIn), (result.Outcome, result.Phase));
        }

        Assert.DoesNotContain(sink.Commands, command => command.StartsWith("AUTH", StringComparison.Ordinal));
        var allowed = SmtpMail.To(sink) with { Login = SmtpLogin.ByPassword("änna", "pa ss\u00e4"), AllowLoginInPlain = true };
        Assert.Equal(SendOutcome.Accepted, (await SmtpMail.SendAsync(allowed)).Outcome);
    }

    [Fact]
    public async Task A_proof_of_the_password_may_go_in_plain()
    {
        await using var sink = MailSink.Start(new SinkOptions { Users = _users });
        Assert.Equal(SendOutcome.Accepted, (await SmtpMail.SendAsync(SmtpMail.To(sink) with { Login = SmtpLogin.ByPassword("änna", "pa ss\u00e4") })).Outcome);
        Assert.Contains("AUTH CRAM-MD5", sink.Commands);
    }

    [Fact]
    public async Task A_server_that_hangs_while_signing_in_is_left()
    {
        await using var secured = new Secured("PLAIN", step => step.Phase == SinkPhase.SignIn ? SinkAct.Hang : null);
        var result = await SmtpMail.SendAsync(secured.Settings with { Login = SmtpLogin.ByPassword("änna", "x"), Times = new SmtpTimes { Command = SmtpMail.Soon } });
        Assert.Equal((SendOutcome.NotSent, SendPhase.SignIn), (result.Outcome, result.Phase));
    }

    [Fact]
    public void Names_and_passwords_hold_nothing_that_could_be_taken_for_their_end()
    {
        Assert.Throws<MailFormatException>(() => SmtpLogin.ByPassword("a\0b", "x"));
        Assert.Throws<MailFormatException>(() => SmtpLogin.ByPassword("a", "x\0y"));
        Assert.Throws<MailFormatException>(() => SmtpLogin.ByPassword("", "x"));
    }

    private sealed class Secured : IAsyncDisposable
    {
        private readonly System.Security.Cryptography.X509Certificates.X509Certificate2 _certificate = SinkCertificates.SelfMade("localhost");

        public Secured(string mechanisms, Func<SinkStep, SinkAct?>? script = null) => Sink = MailSink.Start(
            new SinkOptions { Certificate = _certificate, TlsAtOnce = true, Users = _users, Mechanisms = mechanisms, Script = script ?? (_ => null) });

        public MailSink Sink { get; }

        public SmtpSettings Settings => SmtpMail.To(Sink) with { Security = SmtpSecurity.Tls, Trust = new TlsTrust { Pinned = [TlsTrust.Fingerprint(_certificate)] } };

        public async ValueTask DisposeAsync()
        {
            await Sink.DisposeAsync();
            _certificate.Dispose();
        }
    }
}
