using Crm.Mail.Addresses;
using Crm.Mail.Sending;
using Crm.Mail.Smtp;
using Crm.Mail.Testing;

namespace Crm.Mail.Tests.Smtp;

public sealed class ConnectionTests
{
    [Fact]
    public async Task One_connection_takes_many_mails_and_is_left_with_a_goodbye()
    {
        await using var sink = MailSink.Start();
        await using (var transport = SmtpMail.Transport(sink))
        {
            var sending = Enumerable.Range(0, 20).Select(number => transport.SendAsync(SmtpMail.Mail($"{number}"), CancellationToken.None));
            Assert.All(await Task.WhenAll(sending), result => Assert.Equal(SendOutcome.Accepted, result.Outcome));
        }

        Assert.Equal(20, sink.Mails.Count);
        Assert.Equal(1, sink.Connections);
        Assert.Equal(20, sink.Mails.Select(mail => mail.Text).Distinct(StringComparer.Ordinal).Count());
        await WaitAsync(() => sink.Commands.Contains("QUIT"));
    }

    [Fact]
    public async Task After_so_many_mails_a_new_connection_is_made()
    {
        await using var sink = MailSink.Start();
        await using var transport = new SmtpTransport(SmtpMail.To(sink) with { MostMailsPerConnection = 2 }, TimeProvider.System);
        for (var i = 0; i < 5; i++) await transport.SendAsync(SmtpMail.Mail($"{i}"), CancellationToken.None);
        Assert.Equal((5, 3), (sink.Mails.Count, sink.Connections));
    }

    [Fact]
    public async Task A_connection_unused_for_long_is_not_trusted()
    {
        var time = new HeldClock();
        await using var sink = MailSink.Start();
        await using var transport = new SmtpTransport(SmtpMail.To(sink), time);
        await transport.SendAsync(SmtpMail.Mail("1"), CancellationToken.None);
        time.Pass(TimeSpan.FromSeconds(29));
        await transport.SendAsync(SmtpMail.Mail("2"), CancellationToken.None);
        Assert.Equal(1, sink.Connections);
        time.Pass(TimeSpan.FromSeconds(31));
        await transport.SendAsync(SmtpMail.Mail("3"), CancellationToken.None);
        Assert.Equal(2, sink.Connections);
    }

    [Fact]
    public async Task A_kept_connection_that_ended_unnoticed_costs_no_mail_and_doubles_none()
    {
        await using var sink = MailSink.Start(new SinkOptions
        {
            Script = step => step is { Phase: SinkPhase.MailFrom, Connection: 1, Line: var line } && line.Contains("second@", StringComparison.Ordinal) ? SinkAct.Drop : null,
        });
        await using var transport = SmtpMail.Transport(sink);
        await transport.SendAsync(SmtpMail.Mail("1"), CancellationToken.None);
        var second = new OutgoingMail(new Mailbox("second@example.org"), SmtpMail.Mail().Recipients, "x"u8.ToArray());
        Assert.Equal(SendOutcome.Accepted, (await transport.SendAsync(second, CancellationToken.None)).Outcome);
        Assert.Equal((2, 2), (sink.Mails.Count, sink.Connections));
    }

    [Fact]
    public async Task A_mail_of_which_nobody_knows_is_not_tried_again_by_itself()
    {
        await using var sink = MailSink.Start(new SinkOptions { Script = step => step is { Phase: SinkPhase.Dot, Connection: 1 } ? SinkAct.Drop : null });
        await using var transport = SmtpMail.Transport(sink);
        Assert.Equal(SendOutcome.Unknown, (await transport.SendAsync(SmtpMail.Mail(), CancellationToken.None)).Outcome);
        Assert.Single(sink.Mails);
        Assert.Equal(1, sink.Connections);
    }

    private static async Task WaitAsync(Func<bool> done)
    {
        for (var i = 0; i < 500 && !done(); i++) await Task.Delay(10);
        Assert.True(done());
    }

    private sealed class HeldClock : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Pass(TimeSpan time) => _ticks += time.Ticks;
    }
}
