using System.Text;
using Crm.Mail.Addresses;
using Crm.Mail.Sending;
using Crm.Mail.Testing;

namespace Crm.Mail.Tests.Smtp;

public sealed class SendingTests
{
    [Fact]
    public async Task A_mail_arrives_as_it_was_written()
    {
        await using var sink = MailSink.Start();
        var mail = SmtpMail.Mail(".\r\n..\r\n.x\r\nend", "b@example.org", "c@bērzs.example");
        var result = await SmtpMail.SendAsync(SmtpMail.To(sink), mail);
        Assert.Equal(SendOutcome.Accepted, result.Outcome);
        Assert.True(result.IsComplete);
        Assert.Equal("250 2.0.0 Kept", result.Reply!.ToString());
        Assert.Equal("2.0.0", result.Reply.EnhancedCode);
        var kept = Assert.Single(sink.Mails);
        Assert.Equal("anna@example.org", kept.From);
        Assert.Equal(["b@example.org", "c@xn--brzs-bva.example"], kept.To);
        Assert.Equal(Encoding.UTF8.GetString(mail.Content.Span) + "\r\n", kept.Text);
    }

    [Fact]
    public async Task Without_pipelining_it_arrives_too()
    {
        await using var sink = MailSink.Start(new SinkOptions { Capabilities = [] });
        await using var transport = SmtpMail.Transport(sink);
        for (var i = 0; i < 3; i++) Assert.True((await transport.SendAsync(SmtpMail.Mail($"{i}", "b@example.org", "c@example.org"), CancellationToken.None)).IsComplete);
        Assert.Equal(3, sink.Mails.Count);
        Assert.Equal(1, sink.Connections);
    }

    [Fact]
    public async Task A_server_that_knows_only_helo_is_spoken_to()
    {
        await using var sink = MailSink.Start(new SinkOptions { Script = step => step.Line.StartsWith("EHLO", StringComparison.Ordinal) ? SinkAct.Say("502 What?") : null });
        Assert.Equal(SendOutcome.Accepted, (await SmtpMail.SendAsync(SmtpMail.To(sink))).Outcome);
        Assert.Contains("HELO [127.0.0.1]", sink.Commands);
    }

    [Fact]
    public async Task A_server_that_answers_slowly_and_in_pieces_is_waited_for()
    {
        await using var sink = MailSink.Start(new SinkOptions { Script = _ => SinkAct.Wait(TimeSpan.FromMilliseconds(20)) });
        Assert.Equal(SendOutcome.Accepted, (await SmtpMail.SendAsync(SmtpMail.To(sink))).Outcome);
    }

    [Fact]
    public async Task No_end_of_a_line_inside_a_mail_ends_the_mail()
    {
        await using var sink = MailSink.Start();
        // What some servers take for the end, and the rest for another mail: SMTP smuggling.
        var content = "Subject: x\n\na\n.\nMAIL FROM:<eve@example.org>\r.\rRCPT TO:<x@y>\r\n.\r\nDATA\n.\r\n"u8.ToArray();
        var result = await SmtpMail.SendAsync(SmtpMail.To(sink), new OutgoingMail(null, [new Mailbox("b@example.org")], content));
        Assert.Equal(SendOutcome.Accepted, result.Outcome);
        var kept = Assert.Single(sink.Mails);
        Assert.Equal("", kept.From);
        Assert.Equal("Subject: x\r\n\r\na\r\n.\r\nMAIL FROM:<eve@example.org>\r\n.\r\nRCPT TO:<x@y>\r\n.\r\nDATA\r\n.\r\n", kept.Text);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(65_537)]
    [InlineData(3_000_000)]
    public async Task Mails_of_any_length_arrive(int length)
    {
        await using var sink = MailSink.Start();
        var random = new Random(length);
        var content = new byte[length];
        for (var i = 0; i < length; i++) content[i] = (byte)"ab.\r\n"[i % 900 < 890 ? 0 : random.Next(5)];
        var result = await SmtpMail.SendAsync(SmtpMail.To(sink), new OutgoingMail(null, [new Mailbox("b@example.org")], content));
        Assert.Equal(SendOutcome.Accepted, result.Outcome);
        var expected = Encoding.ASCII.GetString(content).ReplaceLineEndings("\r\n");
        Assert.Equal(expected.EndsWith("\r\n", StringComparison.Ordinal) || length == 0 ? expected : expected + "\r\n", Assert.Single(sink.Mails).Text);
    }

    [Fact]
    public async Task Three_hundred_recipients_go_in_groups()
    {
        await using var sink = MailSink.Start(new SinkOptions { Script = step => step.Line.Contains("<p150@", StringComparison.Ordinal) ? SinkAct.Say("550 5.1.1 Nobody") : null });
        var mail = new OutgoingMail(null, Enumerable.Range(0, 300).Select(number => new Mailbox($"p{number}@example.org")), "x"u8.ToArray());
        var result = await SmtpMail.SendAsync(SmtpMail.To(sink), mail);
        Assert.Equal(299, Assert.Single(sink.Mails).To.Count);
        Assert.Equal(SendOutcome.Refused, result.Recipients[150].Outcome);
        Assert.Equal(299, result.Recipients.Count(recipient => recipient.Outcome == SendOutcome.Accepted));
    }

    [Fact]
    public async Task Size_eight_bit_scripts_and_notices_are_said_to_servers_that_know_them()
    {
        await using var sink = MailSink.Start();
        var mail = new OutgoingMail(new Mailbox("anna@example.org"), [new Mailbox("jānis@example.org")], "Subject: x\r\n\r\nā"u8.ToArray())
        {
            Notices = DeliveryNotices.Failure | DeliveryNotices.Delay,
            EnvelopeId = "a+b=\r\nc",
        };
        Assert.Equal(SendOutcome.Accepted, (await SmtpMail.SendAsync(SmtpMail.To(sink), mail)).Outcome);
        Assert.Contains("MAIL FROM:<anna@example.org> SIZE=16 BODY=8BITMIME SMTPUTF8 RET=HDRS ENVID=a+2Bb+3D+0D+0Ac", sink.Commands);
        Assert.Contains("RCPT TO:<jānis@example.org> NOTIFY=FAILURE,DELAY", sink.Commands);
    }

    [Theory]
    [InlineData("a", "jānis@example.org", "SMTPUTF8")]
    [InlineData("ā", "b@example.org", "8BITMIME")]
    [InlineData("a mail of more than twenty bytes", "b@example.org", "20")]
    public async Task What_the_server_says_it_cannot_take_is_not_sent(string text, string to, string reason)
    {
        await using var sink = MailSink.Start(new SinkOptions { Capabilities = ["PIPELINING", "SIZE 20"] });
        var result = await SmtpMail.SendAsync(SmtpMail.To(sink), new OutgoingMail(null, [new Mailbox(to)], Encoding.UTF8.GetBytes("\r\n\r\n" + text)));
        Assert.Equal((SendOutcome.Refused, SendPhase.Before), (result.Outcome, result.Phase));
        Assert.Contains(reason, result.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain(sink.Commands, command => command.StartsWith("MAIL", StringComparison.Ordinal));
    }

    [Fact]
    public void A_mail_without_what_every_mail_has_gets_no_envelope()
    {
        var whole = Mime.MimeWriterTests.Mail();
        whole.Bcc = [new Mailbox("c@example.org"), new Mailbox("C@example.org"), new Mailbox("c@example.org")];
        Assert.Equal(3, OutgoingMail.Of(whole).Recipients.Count);
        Assert.Null(OutgoingMail.Of(whole, null).Sender);
        Assert.Throws<MailFormatException>(() => OutgoingMail.Of(With(mail => mail.From = [])));
        Assert.Throws<MailFormatException>(() => OutgoingMail.Of(With(mail => mail.To = [])));
        Assert.Throws<MailFormatException>(() => OutgoingMail.Of(With(mail => mail.Date = null)));
        Assert.Throws<MailFormatException>(() => OutgoingMail.Of(With(mail => mail.MessageId = null)));
    }

    private static Crm.Mail.Mime.MimeMessage With(Action<Crm.Mail.Mime.MimeMessage> change)
    {
        var mail = Mime.MimeWriterTests.Mail();
        change(mail);
        return mail;
    }
}
