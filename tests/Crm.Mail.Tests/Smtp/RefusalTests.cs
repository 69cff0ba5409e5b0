using Crm.Mail.Sending;
using Crm.Mail.Testing;

namespace Crm.Mail.Tests.Smtp;

public sealed class RefusalTests
{
    [Theory]
    [InlineData("PIPELINING")]
    [InlineData("8BITMIME")]
    public async Task Each_recipient_has_its_own_answer(string capability)
    {
        await using var sink = Refusing(capability, (SinkPhase.RcptTo, "no@", "550 5.1.1 Nobody"), (SinkPhase.RcptTo, "later@", "450 4.2.1 Greylisted"));
        await using var transport = SmtpMail.Transport(sink);
        var result = await transport.SendAsync(SmtpMail.Mail("x", "no@example.org", "b@example.org", "later@example.org"), CancellationToken.None);
        Assert.Equal(SendOutcome.Accepted, result.Outcome);
        Assert.False(result.IsComplete);
        Assert.Equal([SendOutcome.Refused, SendOutcome.Accepted, SendOutcome.Deferred], result.Recipients.Select(recipient => recipient.Outcome));
        Assert.Equal("5.1.1", result.Recipients[0].Reply!.EnhancedCode);
        Assert.Equal(["b@example.org"], Assert.Single(sink.Mails).To);
        await AssertNextArrivesAsync(transport, sink);
    }

    [Theory]
    [InlineData("PIPELINING")]
    [InlineData("8BITMIME")]
    public async Task Nobody_taken_is_a_refusal_and_for_now_where_one_may_pass_later(string capability)
    {
        await using var sink = Refusing(capability, (SinkPhase.RcptTo, "no@", "550 5.1.1 Nobody"), (SinkPhase.RcptTo, "later@", "450 4.2.1 Greylisted"));
        await using var transport = SmtpMail.Transport(sink);
        Assert.Equal(SendOutcome.Refused, (await transport.SendAsync(SmtpMail.Mail("x", "no@example.org"), CancellationToken.None)).Outcome);
        var mixed = await transport.SendAsync(SmtpMail.Mail("x", "no@example.org", "later@example.org"), CancellationToken.None);
        Assert.Equal(SendOutcome.Deferred, mixed.Outcome);
        Assert.Equal([SendOutcome.Refused, SendOutcome.Deferred], mixed.Recipients.Select(recipient => recipient.Outcome));
        Assert.Empty(sink.Mails);
        await AssertNextArrivesAsync(transport, sink);
    }

    [Theory]
    [InlineData("PIPELINING", "550 5.7.1 Not you", SendOutcome.Refused)]
    [InlineData("PIPELINING", "451 4.3.0 Busy", SendOutcome.Deferred)]
    [InlineData("8BITMIME", "550 5.7.1 Not you", SendOutcome.Refused)]
    [InlineData("8BITMIME", "451 4.3.0 Busy", SendOutcome.Deferred)]
    public async Task A_refused_sender_counts_for_all(string capability, string reply, SendOutcome expected)
    {
        var once = true;
        await using var sink = MailSink.Start(new SinkOptions
        {
            Capabilities = [capability],
            Script = step => step.Phase == SinkPhase.MailFrom && once && !(once = false) ? SinkAct.Say(reply) : null,
        });
        await using var transport = SmtpMail.Transport(sink);
        var result = await transport.SendAsync(SmtpMail.Mail("x", "b@example.org", "c@example.org"), CancellationToken.None);
        Assert.All(result.Recipients, recipient => Assert.Equal((expected, reply), (recipient.Outcome, recipient.Reply!.ToString())));
        Assert.Equal(expected, result.Outcome);
        await AssertNextArrivesAsync(transport, sink);
    }

    [Theory]
    [InlineData(SinkPhaseName.Data, "554 5.6.0 No", SendOutcome.Refused)]
    [InlineData(SinkPhaseName.Data, "451 4.3.0 Busy", SendOutcome.Deferred)]
    [InlineData(SinkPhaseName.Dot, "554 5.6.0 Spam", SendOutcome.Refused)]
    [InlineData(SinkPhaseName.Dot, "452 4.3.1 Full", SendOutcome.Deferred)]
    public async Task A_refused_mail_counts_for_those_who_were_taken(SinkPhaseName phase, string reply, SendOutcome expected)
    {
        var once = true;
        await using var sink = MailSink.Start(new SinkOptions
        {
            Script = step => step.Line.Contains("no@", StringComparison.Ordinal) ? SinkAct.Say("550 5.1.1 Nobody")
                : step.Phase.ToString() == phase.ToString() && once && !(once = false) ? SinkAct.Say(reply) : null,
        });
        await using var transport = SmtpMail.Transport(sink);
        var result = await transport.SendAsync(SmtpMail.Mail("x", "no@example.org", "b@example.org"), CancellationToken.None);
        Assert.Equal(expected, result.Outcome);
        Assert.Equal([SendOutcome.Refused, expected], result.Recipients.Select(recipient => recipient.Outcome));
        Assert.Equal(reply, result.Recipients[1].Reply!.ToString());
        Assert.Equal(SendOutcome.Accepted, (await transport.SendAsync(SmtpMail.Mail("next"), CancellationToken.None)).Outcome);
        Assert.Equal(1, sink.Connections);
    }

    [Fact]
    public async Task A_server_that_wants_a_mail_for_nobody_gets_an_empty_one()
    {
        await using var sink = Refusing("PIPELINING", (SinkPhase.RcptTo, "no@", "550 5.1.1 Nobody"), (SinkPhase.Data, "", "354 Go on"), (SinkPhase.Dot, "", "554 5.5.1 For nobody"));
        var result = await SmtpMail.SendAsync(SmtpMail.To(sink), SmtpMail.Mail("secret", "no@example.org"));
        Assert.Equal(SendOutcome.Refused, result.Outcome);
        Assert.Equal("5.1.1", result.Recipients[0].Reply!.EnhancedCode);
        Assert.Equal("", Assert.Single(sink.Mails).Text);
    }

    [Fact]
    public async Task A_server_that_shuts_down_says_so_and_the_next_mail_gets_a_connection_of_its_own()
    {
        await using var sink = MailSink.Start(new SinkOptions
        {
            Script = step => step is { Phase: SinkPhase.MailFrom, Connection: 1 } ? SinkAct.SayAndDrop("421 4.3.2 Closing") : null,
        });
        await using var transport = SmtpMail.Transport(sink);
        var result = await transport.SendAsync(SmtpMail.Mail(), CancellationToken.None);
        Assert.Equal((SendOutcome.NotSent, 421), (result.Outcome, result.Reply!.Code));
        Assert.Equal(SendOutcome.Accepted, (await transport.SendAsync(SmtpMail.Mail(), CancellationToken.None)).Outcome);
        Assert.Equal(2, sink.Connections);
    }

    [Theory]
    [InlineData(SinkPhaseName.Greeting, "554 5.7.1 Not you")]
    [InlineData(SinkPhaseName.Greeting, "421 4.7.0 Too many")]
    [InlineData(SinkPhaseName.Hello, "550 5.7.1 Not with that name")]
    public async Task A_server_that_lets_nobody_in_means_not_sent(SinkPhaseName phase, string reply)
    {
        await using var sink = MailSink.Start(new SinkOptions { Script = step => step.Phase.ToString() == phase.ToString() ? SinkAct.Say(reply) : null });
        var result = await SmtpMail.SendAsync(SmtpMail.To(sink));
        Assert.Equal((SendOutcome.NotSent, reply), (result.Outcome, result.Reply!.ToString()));
    }

    private static MailSink Refusing(string capability, params (SinkPhase Phase, string Part, string Reply)[] rules) => MailSink.Start(new SinkOptions
    {
        Capabilities = [capability],
        Script = step => rules.FirstOrDefault(rule => rule.Phase == step.Phase && step.Line.Contains(rule.Part, StringComparison.Ordinal)) is { Reply: { } reply } ? SinkAct.Say(reply) : null,
    });

    // On the same connection, and it holds nothing of the mail before.
    private static async Task AssertNextArrivesAsync(IMailTransport transport, MailSink sink)
    {
        var before = sink.Mails.Count;
        Assert.True((await transport.SendAsync(SmtpMail.Mail("next", "next@example.org"), CancellationToken.None)).IsComplete);
        Assert.Equal(before + 1, sink.Mails.Count);
        Assert.Equal(["next@example.org"], sink.Mails.Last().To);
        Assert.Equal(1, sink.Connections);
    }
}
