using System.Net;
using System.Net.Sockets;
using Crm.Mail.Sending;
using Crm.Mail.Smtp;
using Crm.Mail.Testing;

namespace Crm.Mail.Tests.Smtp;

public sealed class FaultTests
{
    public static TheoryData<SinkPhaseName, SendPhase> BeforeTheDot => new()
    {
        { SinkPhaseName.Greeting, SendPhase.Greeting },
        { SinkPhaseName.Hello, SendPhase.Hello },
        { SinkPhaseName.MailFrom, SendPhase.Envelope },
        { SinkPhaseName.RcptTo, SendPhase.Envelope },
        { SinkPhaseName.Data, SendPhase.Envelope },
    };

    [Theory]
    [MemberData(nameof(BeforeTheDot))]
    public async Task A_server_that_hangs_before_the_dot_means_not_sent(SinkPhaseName phase, SendPhase expected)
    {
        await using var sink = Failing(phase, SinkAct.Hang);
        AssertOutcome(await SmtpMail.SendAsync(Impatient(sink)), SendOutcome.NotSent, expected);
    }

    [Theory]
    [MemberData(nameof(BeforeTheDot))]
    public async Task A_connection_that_ends_before_the_dot_means_not_sent(SinkPhaseName phase, SendPhase expected)
    {
        await using var sink = Failing(phase, SinkAct.Drop);
        AssertOutcome(await SmtpMail.SendAsync(SmtpMail.To(sink)), SendOutcome.NotSent, expected);
    }

    [Theory]
    [MemberData(nameof(BeforeTheDot))]
    public async Task Rubbish_instead_of_an_answer_means_not_sent(SinkPhaseName phase, SendPhase expected)
    {
        foreach (var rubbish in new[] { "hello", "2", "99999", "250+x", "٢٥٠ x", "250-a\r\n251 b", new string('x', 20_000), string.Concat(Enumerable.Repeat("250-x\r\n", 300)) })
        {
            await using var sink = Failing(phase, SinkAct.Say(rubbish));
            AssertOutcome(await SmtpMail.SendAsync(SmtpMail.To(sink)), SendOutcome.NotSent, expected);
        }
    }

    [Fact]
    public async Task A_connection_that_ends_inside_a_long_mail_means_not_sent()
    {
        await using var sink = Failing(SinkPhaseName.Content, SinkAct.Drop);
        AssertOutcome(await SmtpMail.SendAsync(SmtpMail.To(sink), Long()), SendOutcome.NotSent, SendPhase.Content);
        Assert.Empty(sink.Mails);
    }

    [Fact]
    public async Task A_server_that_stops_reading_a_long_mail_means_not_sent()
    {
        await using var sink = Failing(SinkPhaseName.Content, SinkAct.Hang);
        AssertOutcome(await SmtpMail.SendAsync(Impatient(sink), Long()), SendOutcome.NotSent, SendPhase.Content);
    }

    [Fact]
    public async Task A_connection_that_ends_after_the_dot_means_that_nobody_knows()
    {
        await using var sink = Failing(SinkPhaseName.Dot, SinkAct.Drop);
        var result = await SmtpMail.SendAsync(SmtpMail.To(sink));
        AssertOutcome(result, SendOutcome.Unknown, SendPhase.Answer);
        Assert.Null(result.Reply);
        Assert.Single(sink.Mails);
    }

    [Fact]
    public async Task A_server_that_hangs_after_the_dot_means_that_nobody_knows()
    {
        await using var sink = Failing(SinkPhaseName.Dot, SinkAct.Hang);
        AssertOutcome(await SmtpMail.SendAsync(Impatient(sink)), SendOutcome.Unknown, SendPhase.Answer);
        Assert.Single(sink.Mails);
    }

    [Fact]
    public async Task Rubbish_after_the_dot_means_that_nobody_knows()
    {
        await using var sink = Failing(SinkPhaseName.Dot, SinkAct.Say("354 what?"));
        AssertOutcome(await SmtpMail.SendAsync(SmtpMail.To(sink)), SendOutcome.Unknown, SendPhase.Answer);
    }

    [Fact]
    public async Task A_recipient_refused_before_the_dot_is_refused_even_when_nobody_knows_of_the_rest()
    {
        await using var sink = MailSink.Start(new SinkOptions
        {
            Script = step => step.Phase == SinkPhase.Dot ? SinkAct.Drop : step.Line.Contains("no@", StringComparison.Ordinal) ? SinkAct.Say("550 5.1.1 Nobody") : null,
        });
        var result = await SmtpMail.SendAsync(SmtpMail.To(sink), SmtpMail.Mail("x", "no@example.org", "b@example.org"));
        Assert.Equal([SendOutcome.Refused, SendOutcome.Unknown], result.Recipients.Select(recipient => recipient.Outcome));
    }

    [Fact]
    public async Task Ending_the_attempt_before_the_dot_throws_and_nothing_was_sent()
    {
        await using var sink = Failing(SinkPhaseName.RcptTo, SinkAct.Hang);
        await using var transport = SmtpMail.Transport(sink);
        using var end = new CancellationTokenSource(SmtpMail.Soon);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => transport.SendAsync(SmtpMail.Mail(), end.Token));
        Assert.Empty(sink.Mails);
    }

    [Theory]
    [InlineData(100, SendOutcome.Accepted)]
    [InlineData(5000, SendOutcome.Unknown)]
    public async Task Ending_the_attempt_after_the_dot_only_shortens_the_wait(int answersAfter, SendOutcome expected)
    {
        await using var sink = Failing(SinkPhaseName.Dot, SinkAct.Wait(TimeSpan.FromMilliseconds(answersAfter)));
        var settings = SmtpMail.To(sink) with { Times = new SmtpTimes { AnswerWhenEnded = TimeSpan.FromSeconds(1.5) } };
        await using var transport = new SmtpTransport(settings, TimeProvider.System);
        using var end = new CancellationTokenSource();
        var sending = transport.SendAsync(SmtpMail.Mail(), end.Token);
        await sink.WaitForAsync(1, TimeSpan.FromSeconds(10));
        await end.CancelAsync();
        AssertOutcome(await sending, expected, SendPhase.Answer);
    }

    [Fact]
    public async Task Nobody_listening_means_not_sent()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        taken.Stop();
        AssertOutcome(await SmtpMail.SendAsync(new SmtpSettings { Host = "127.0.0.1", Port = port }), SendOutcome.NotSent, SendPhase.Connect);
    }

    // Longer than all buffers between the two.
    private static OutgoingMail Long()
    {
        var content = new byte[30_000_000];
        content.AsSpan().Fill((byte)'x');
        for (var i = 78; i + 1 < content.Length; i += 80) "\r\n"u8.CopyTo(content.AsSpan(i));
        return new OutgoingMail(null, SmtpMail.Mail().Recipients, content);
    }

    private static SmtpSettings Impatient(MailSink sink) => SmtpMail.To(sink) with { Times = SmtpMail.Impatient };

    private static MailSink Failing(SinkPhaseName phase, SinkAct act) => MailSink.Start(new SinkOptions
    {
        Capabilities = ["PIPELINING"],
        Script = step => step.Phase.ToString() == phase.ToString() ? act : null,
    });

    private static void AssertOutcome(SendResult result, SendOutcome outcome, SendPhase phase)
    {
        Assert.Equal((outcome, phase), (result.Outcome, result.Phase));
        Assert.All(result.Recipients, recipient => Assert.Equal(outcome, recipient.Outcome));
        Assert.NotEqual("", result.Detail);
    }
}
