using System.Diagnostics;
using Crm.Mail.Addresses;
using Crm.Mail.Mime;
using Crm.Mail.Sending;
using Crm.Mail.Testing;
using Xunit.Abstractions;

namespace Crm.Mail.Tests.Smtp;

public sealed class ThroughputTests(ITestOutputHelper output)
{
    [Theory]
    [Trait("Category", "Long")]
    [InlineData("PIPELINING")]
    [InlineData("8BITMIME")]
    public async Task At_least_200_mails_a_second_are_written_and_sent_over_one_connection(string capability)
    {
        const int Count = 3000;
        await using var sink = MailSink.Start(new SinkOptions { Capabilities = [capability] });
        await using var transport = new Crm.Mail.Smtp.SmtpTransport(SmtpMail.To(sink) with { MostMailsPerConnection = Count }, TimeProvider.System);
        var file = new byte[10_000];
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < Count; i++)
        {
            var mail = Mime.MimeWriterTests.Mail();
            mail.To = [new Mailbox($"p{i}@example.org")];
            mail.Body = new MailBody { Text = $"Labdien {i}!", Html = "<p>Labdien!</p>", Attachments = [MimePart.Attachment("a.pdf", "application/pdf", file)] }.ToPart();
            Assert.Equal(SendOutcome.Accepted, (await transport.SendAsync(OutgoingMail.Of(mail), CancellationToken.None)).Outcome);
        }

        var rate = Count / clock.Elapsed.TotalSeconds;
        output.WriteLine($"{capability}: {rate:0} mails/s, 15 KB each");
        Assert.Equal((Count, 1), (sink.Mails.Count, sink.Connections));
        Assert.InRange(rate, 200, double.MaxValue);
    }
}
