using System.Text;
using Crm.Mail.Mime;

namespace Crm.Mail.Tests.Mime;

public sealed class MimeReaderTests
{
    [Fact]
    public void A_common_mail_is_read_whole()
    {
        var mail = Samples.Read(
            "Received: from a by b;", "\tFri, 21 Nov 1997 09:55:06 -0600",
            "From: =?utf-8?Q?J=C4=81nis?= <janis@example.org>", "To: anna@example.org,", " \"Berg, Otto\" <otto@example.org>",
            "Subject: =?utf-8?Q?P=C4=93c?=", " =?utf-8?Q?_l=C4=ABguma?=", "Date: Fri, 21 Nov 1997 09:55:06 -0600",
            "Message-ID: <1@example.org>", "In-Reply-To: <0@example.org>", "References: <a@example.org>", " <0@example.org>",
            "MIME-Version: 1.0", "Content-Type: multipart/mixed; boundary=\"outer\"", "", "for old programs",
            "--outer", "Content-Type: multipart/alternative; boundary=inner", "",
            "--inner", "Content-Type: text/plain; charset=windows-1257", "Content-Transfer-Encoding: quoted-printable", "", "L=E2bdien", "",
            "--inner  ", "Content-Type: text/html; charset=utf-8", "Content-Transfer-Encoding: base64", "", "PGI+SGk8L2I+", "--inner--", "",
            "--outer", "Content-Type: application/pdf; name=\"x.pdf\"", "Content-Disposition: attachment; filename*=utf-8''l%C4%ABgums.pdf", "Content-Transfer-Encoding: BASE64", "", "JVBERg==", "--outer--", "gone");
        Assert.Equal("Jānis <janis@example.org>", mail.From.ToString());
        Assert.Equal("anna@example.org, Berg, Otto <otto@example.org>", mail.To.ToString());
        Assert.Equal("Pēc līguma", mail.Subject);
        Assert.Equal(new DateTimeOffset(1997, 11, 21, 9, 55, 6, TimeSpan.FromHours(-6)), mail.Date);
        Assert.Equal("1@example.org", mail.MessageId);
        Assert.Equal(["0@example.org"], mail.InReplyTo);
        Assert.Equal(["a@example.org", "0@example.org"], mail.References);
        Assert.Equal("Lābdien\r\n", mail.Text);
        Assert.Equal("<b>Hi</b>", mail.Html);
        var file = Assert.Single(mail.Attachments);
        Assert.Equal("līgums.pdf", file.FileName);
        Assert.Equal("%PDF"u8.ToArray(), file.Content.ToArray());
        Assert.Empty(mail.Defects);
    }

    [Fact]
    public void A_forwarded_mail_and_a_delivery_report_are_read()
    {
        var mail = Samples.Read(
            "Content-Type: multipart/report; report-type=delivery-status; boundary=b", "",
            "--b", "", "It failed.", "--b", "Content-Type: message/delivery-status", "", "Reporting-MTA: dns; mx.example.org", "", "Final-Recipient: rfc822; anna@example.org", "Status: 5.1.1",
            "--b", "Content-Type: message/rfc822", "", "Subject: Hello", "Message-ID: <1@example.org>", "", "Text", "--b--");
        Assert.Equal("It failed.", mail.Text);
        Assert.Equal("message/delivery-status", mail.Attachments[0].Type.Name);
        Assert.Contains("Status: 5.1.1", mail.Attachments[0].Text, StringComparison.Ordinal);
        Assert.Equal("Hello", mail.Attachments[1].Message!.Subject);
        Assert.Equal("Text", mail.Attachments[1].Message!.Text);
        Assert.Empty(mail.Defects);
    }

    [Fact]
    public void A_forwarded_mail_in_base64_is_read_although_that_is_forbidden()
    {
        var inner = Convert.ToBase64String(Encoding.UTF8.GetBytes("Subject: Hello\r\n\r\nText"));
        var mail = Samples.Read("Content-Type: message/rfc822", "Content-Transfer-Encoding: base64", "", inner);
        Assert.Equal("Hello", mail.Body.Message!.Subject);
        Assert.Equal("Text", mail.Body.Message.Text);
    }

    [Fact]
    public void Lines_that_end_with_lf_alone_are_read()
    {
        var mail = MimeMessage.Read(Encoding.UTF8.GetBytes("Subject: a\n b\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\none\n--x\n\ntwo\n--x--\n"));
        Assert.Equal("a b", mail.Subject);
        Assert.Equal(["one", "two"], mail.Body.Parts.Select(part => part.Text));
    }

    [Theory]
    [InlineData("Content-Type: multipart/mixed\r\n\r\n--x\r\n\r\none\r\n--x--\r\n", MimeDefect.NoBoundary)]
    [InlineData("Content-Type: multipart/mixed; boundary=y\r\n\r\n--x\r\n\r\none\r\n--x--\r\n", MimeDefect.BoundaryNotFound)]
    [InlineData("Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\none\r\n", MimeDefect.CutOff)]
    [InlineData("Subject: x\r\nthis is no header\r\n\r\ntext\r\n", MimeDefect.BrokenHeader)]
    public void What_is_broken_is_read_as_far_as_it_goes_and_named(string text, MimeDefect defect)
    {
        var mail = MimeMessage.Read(Encoding.UTF8.GetBytes(text));
        Assert.Equal([defect], mail.Defects);
        Assert.NotEqual(0, mail.Body.Content.Length + mail.Body.Parts.Sum(part => part.Content.Length));
    }

    [Fact]
    public void An_inner_part_that_never_closes_ends_with_the_outer()
    {
        var mail = Samples.Read(
            "Content-Type: multipart/mixed; boundary=o", "", "--o", "Content-Type: multipart/mixed; boundary=i", "", "--i", "", "one", "--o", "", "two", "--o--");
        Assert.Equal(["one"], mail.Body.Parts[0].Parts.Select(part => part.Text));
        Assert.Equal("two", mail.Body.Parts[1].Text);
        Assert.Equal([MimeDefect.CutOff], mail.Defects);
    }

    [Fact]
    public void Header_without_encoding_is_read_as_utf8_or_western_and_stays_one_line()
    {
        var mail = MimeMessage.Read((byte[])[.. "Subject: ā\r\nX-Old: "u8, 0xE4, .. "\r\nX-Smuggled: =?utf-8?Q?a=0D=0ABcc:_b?=\r\n\r\n"u8]);
        Assert.Equal("ā", mail.Subject);
        Assert.Equal("ä", mail.Headers.Text("X-Old"));
        Assert.Equal("a Bcc: b", mail.Headers.Text("X-Smuggled"));
    }

    [Theory]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("C:\\Windows\\x.exe", "x.exe")]
    [InlineData("a\u202Egpj.exe", "agpj.exe")]
    [InlineData("..", null)]
    [InlineData("con:stream", "constream")]
    public void A_files_name_is_made_safe_before_it_touches_a_disk(string name, string? expected) =>
        Assert.Equal(expected, MimePart.Attachment(name, "text/plain", default).SafeFileName);

    [Fact]
    public void Nothing_at_all_is_an_empty_mail()
    {
        var mail = MimeMessage.Read(ReadOnlyMemory<byte>.Empty);
        Assert.Equal("", mail.Subject);
        Assert.Equal("", mail.Text);
        Assert.Null(mail.Date);
        Assert.Empty(mail.From);
    }
}
