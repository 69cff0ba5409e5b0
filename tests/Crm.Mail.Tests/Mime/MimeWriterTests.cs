using System.Text;
using Crm.Mail.Addresses;
using Crm.Mail.Headers;
using Crm.Mail.Mime;

namespace Crm.Mail.Tests.Mime;

public sealed class MimeWriterTests
{
    private const string Invitation = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n";

    public static TheoryData<int> Seeds => Samples.Seeds(40);

    internal static MimeMessage Mail() => new()
    {
        From = [new Mailbox("Anna Berg", "anna@example.org")],
        To = [new Mailbox("Jānis", "janis@bērzs.example")],
        Subject = "Līgums",
        Date = new DateTimeOffset(2026, 3, 5, 7, 8, 9, TimeSpan.FromHours(2)),
        MessageId = "1@example.org",
        Body = MimePart.PlainText("Hello"),
    };

    internal static MailBody Everything() => new()
    {
        Text = "Labdien!\n.\nFrom now on\n",
        Html = "<p>Labdien! <img src=\"cid:logo@example.org\"></p>",
        Calendar = MimePart.Calendar(Invitation, "request"),
        Related = [MimePart.Inline("logo@example.org", "logo.png", "image/png", new byte[] { 1, 2, 3 })],
        Attachments = [MimePart.Attachment("līgums.pdf", "application/pdf", "%PDF"u8.ToArray()), MimePart.Forwarded(Mail())],
    };

    [Fact]
    public void The_simplest_mail_is_plain_to_read()
    {
        var mail = Mail();
        mail.To = [new Mailbox("b@example.org")];
        mail.Subject = "Hello";
        Assert.Equal(
            "From: Anna Berg <anna@example.org>\r\nTo: b@example.org\r\nSubject: Hello\r\nDate: Thu, 05 Mar 2026 07:08:09 +0200\r\nMessage-ID: <1@example.org>\r\n"
            + "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 7bit\r\n\r\nHello",
            Encoding.ASCII.GetString(mail.ToBytes()));
    }

    [Fact]
    public void A_mail_with_everything_comes_back_as_it_was()
    {
        var mail = Mail();
        mail.Body = Everything().ToPart();
        var bytes = mail.ToBytes();
        AssertCanTravel(bytes);
        Assert.True(Ascii.IsValid(bytes));
        var read = MimeMessage.Read(bytes);
        Assert.Equal("mixed(alternative(text/plain,related(text/html,image/png),text/calendar),application/pdf,message/rfc822)", Shape(read.Body));
        Assert.Equal("Labdien!\r\n.\r\nFrom now on\r\n", read.Text);
        Assert.Equal("<p>Labdien! <img src=\"cid:logo@example.org\"></p>", read.Html);
        Assert.Equal("REQUEST", read.Calendar!.Type["method"]);
        Assert.Equal(Invitation, read.Calendar.Text);
        Assert.Equal("logo@example.org", read.Attachments[0].ContentId);
        Assert.Equal(new byte[] { 1, 2, 3 }, read.Attachments[0].Content.ToArray());
        Assert.Equal("līgums.pdf", read.Attachments[1].FileName);
        Assert.Equal("Līgums", read.Attachments[2].Message!.Subject);
        Assert.Empty(read.Defects);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Whatever_is_put_in_comes_back_and_no_line_of_it_becomes_a_header(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 20; i++)
        {
            string subject = Samples.Text(random), name = Samples.Text(random), text = Samples.Text(random, 60), html = Samples.Text(random, 60), file = Samples.Text(random);
            var bytes = new byte[random.Next(300)];
            random.NextBytes(bytes);
            var mail = Mail();
            mail.Subject = subject;
            mail.To = [new Mailbox(name, "b@example.org"), new Mailbox(name, "c@example.org")];
            mail.Headers.Add("X-Free", name);
            mail.Body = new MailBody { Text = text, Html = html, Attachments = [MimePart.Attachment(file, name, bytes)] }.ToPart();
            var written = mail.ToBytes(eightBit: i % 2 == 0);
            AssertCanTravel(written);
            var read = MimeMessage.Read(written);
            Assert.Equal(HeaderText.Clean(subject), read.Subject);
            Assert.Equal(mail.To, read.To);
            Assert.Equal(HeaderText.Clean(name), read.Headers.Text("X-Free") ?? "");
            Assert.Equal(WellFormed(LineEnds.ToCrLf(text)), read.Text);
            Assert.Equal(WellFormed(LineEnds.ToCrLf(html)), read.Html);
            Assert.Equal(HeaderText.Clean(file), read.Attachments[0].FileName ?? "");
            Assert.Equal(bytes, read.Attachments[0].Content.ToArray());
            Assert.Empty(read.Headers.All("Bcc"));
            Assert.Empty(read.Defects);
        }
    }

    [Fact]
    public void No_line_break_gets_into_a_header_by_any_door()
    {
        const string Evil = "x\r\nBcc: eve@example.org\r\n\r\nbody";
        var mail = Mail();
        mail.Subject = Evil;
        mail.From = [new Mailbox(Evil, "anna@example.org")];
        mail.Cc = [new AddressGroup(Evil, [])];
        mail.Headers.Add("X-Free", Evil);
        mail.Body = MimePart.Attachment(Evil, "text/x\r\nBcc: eve@example.org", default);
        Assert.Throws<MailFormatException>(() => mail.Headers.Add("X\r\nBcc", "eve@example.org"));
        Assert.Throws<MailFormatException>(() => mail.Headers.Add("X:", "y"));
        Assert.Throws<MailFormatException>(() => mail.MessageId = "a>\r\nBcc: eve@example.org\r\nX: <b");
        Assert.Throws<MailFormatException>(() => mail.References = ["a\r\nb"]);
        Assert.Throws<MailFormatException>(() => MimePart.Calendar("", "REQUEST\r\nX: y"));
        Assert.Throws<MailFormatException>(() => MimePart.Inline("a\r\nb", "x", "image/png", default));
        Assert.Throws<MailFormatException>(() => MimePart.Multipart("mixed\r\nX: y"));
        Assert.Throws<MailFormatException>(() => new MediaType("text/plain", [new("a\r\nb", "c")]));
        var read = MimeMessage.Read(mail.ToBytes());
        Assert.Empty(read.Headers.All("Bcc"));
        Assert.Equal("x Bcc: eve@example.org body", read.Subject);
        Assert.Equal(["From", "To", "Subject", "Date", "Message-ID", "Cc", "X-Free", "MIME-Version"], read.Headers.Select(field => field.Name));
    }

    [Fact]
    public void Blind_recipients_are_never_written()
    {
        var mail = Mail();
        mail.Bcc = [new Mailbox("secret@example.org")];
        Assert.DoesNotContain("secret", Encoding.UTF8.GetString(mail.ToBytes()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plain", false, "7bit")]
    [InlineData("Labdien, Jāni, kā iet?", false, "quoted-printable")]
    [InlineData("Labdien, Jāni, kā iet?", true, "8bit")]
    [InlineData("Привет, как дела?", false, "base64")]
    [InlineData("From here\r\n", true, "quoted-printable")]
    public void The_plainest_encoding_that_will_do_is_taken(string text, bool eightBit, string expected)
    {
        var mail = Mail();
        mail.Body = MimePart.PlainText(text);
        var read = MimeMessage.Read(mail.ToBytes(eightBit));
        Assert.Equal(expected, read.Body.Headers.Text("Content-Transfer-Encoding"));
        Assert.Equal(text, read.Text);
    }

    [Fact]
    public void Long_subjects_and_many_recipients_are_folded_at_78()
    {
        var mail = Mail();
        mail.Subject = string.Join(' ', Enumerable.Repeat("Žanis and others", 60));
        mail.To = new AddressList(Enumerable.Range(0, 200).Select(number => new Mailbox($"Person {number}", $"p{number}@example.org")));
        mail.References = [.. Enumerable.Range(0, 100).Select(number => $"{number}@example.org")];
        mail.Headers.Add("List-Unsubscribe", "<https://example.org/" + new string('u', 300) + ">");
        var lines = Encoding.ASCII.GetString(mail.ToBytes()).Split("\r\n");
        Assert.All(lines.Where(line => !line.Contains("uuuu", StringComparison.Ordinal)), line => Assert.InRange(line.Length, 0, 78));
        var read = MimeMessage.Read(mail.ToBytes());
        Assert.Equal(mail.Subject, read.Subject);
        Assert.Equal(200, read.To.Count);
        Assert.Equal(mail.References, read.References);
    }

    [Fact]
    public void A_name_in_another_script_before_the_at_sign_stays_as_it_is()
    {
        var mail = Mail();
        mail.To = [new Mailbox("Jānis", "jānis@bērzs.example")];
        var read = MimeMessage.Read(mail.ToBytes());
        Assert.Equal("jānis@xn--brzs-bva.example", read.To.Mailboxes.Single().Address);
        Assert.Equal("Jānis", read.To.Mailboxes.Single().Name);
    }

    /// <summary>CRLF and nothing else ends a line, and none is over 998 (RFC 5322 §2.1.1).</summary>
    internal static void AssertCanTravel(byte[] mail)
    {
        var lines = Encoding.Latin1.GetString(mail).Split("\r\n");
        Assert.All(lines, line =>
        {
            Assert.InRange(line.Length, 0, 998);
            Assert.DoesNotContain('\r', line);
            Assert.DoesNotContain('\n', line);
            Assert.DoesNotContain('\0', line);
        });
    }

    private static string WellFormed(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private static string Shape(MimePart part) =>
        part.Parts.Count == 0 ? part.Type.Name : $"{part.Type.Name["multipart/".Length..]}({string.Join(',', part.Parts.Select(Shape))})";
}
