using System.Diagnostics;
using System.Text;
using Crm.Mail.Mime;

namespace Crm.Mail.Tests.Mime;

public sealed class HostileMailTests
{
    public static TheoryData<int> Seeds => Samples.Seeds(25);

    [Fact]
    public void Ten_thousand_nested_parts_are_read_to_the_depth_allowed()
    {
        var text = new StringBuilder();
        for (var i = 0; i < 10_000; i++) text.Append($"Content-Type: multipart/mixed; boundary=b{i}\r\n\r\n--b{i}\r\n");
        var mail = Timed(text.ToString());
        Assert.Contains(MimeDefect.TooDeep, mail.Defects);
        Assert.Equal(MimeLimits.Default.MostDepth, Depth(mail.Body));
    }

    [Fact]
    public void Ten_thousand_nested_mails_are_read_to_the_depth_allowed()
    {
        var mail = Timed(string.Concat(Enumerable.Repeat("Content-Type: message/rfc822\r\n\r\n", 10_000)));
        Assert.Contains(MimeDefect.TooDeep, mail.Defects);
    }

    [Fact]
    public void A_mail_of_a_hundred_thousand_parts_is_read_to_the_number_allowed()
    {
        var mail = Timed("Content-Type: multipart/mixed; boundary=b\r\n\r\n" + string.Concat(Enumerable.Repeat("--b\r\n\r\nx\r\n", 100_000)) + "--b--\r\n");
        Assert.Equal([MimeDefect.TooManyParts], mail.Defects);
        Assert.Equal(MimeLimits.Default.MostParts, mail.Body.Parts.Count);
    }

    [Fact]
    public void A_header_of_megabytes_is_cut()
    {
        var folded = Timed("Subject: x\r\n" + string.Concat(Enumerable.Repeat(" yyyyyyyyyy\r\n", 500_000)) + "X-Last: z\r\n\r\ntext");
        Assert.Equal([MimeDefect.HeaderTooLong], folded.Defects);
        Assert.Equal("text", folded.Text);
        Assert.InRange(folded.Subject.Length, 1, MimeLimits.Default.MostHeaderBytes);
        var many = Timed(string.Concat(Enumerable.Repeat("X: y\r\n", 200_000)) + "\r\ntext");
        Assert.Equal([MimeDefect.HeaderTooLong], many.Defects);
        Assert.Equal("text", many.Text);
        Assert.Equal(MimeLimits.Default.MostHeaders, many.Headers.Count);
    }

    [Fact]
    public async Task A_mail_over_the_size_allowed_is_refused_before_it_is_read_whole()
    {
        var limits = new MimeLimits { MostBytes = 1000 };
        Assert.Throws<MailFormatException>(() => MimeMessage.Read(new byte[1001], limits));
        await Assert.ThrowsAsync<MailFormatException>(() => MimeMessage.ReadAsync(new MemoryStream(new byte[1001]), limits));
    }

    [Theory]
    [InlineData("To: ", "a:,\"(<")]
    [InlineData("Subject: ", "=?utf-8?Q?")]
    [InlineData("Content-Type: text/plain; ", "a*0*=\"b\"; ")]
    [InlineData("References: ", "<a@b")]
    [InlineData("Content-Type: multipart/mixed; boundary=b\r\n\r\n", "--b \r\n--bx\r\n")]
    [InlineData("\r\n", "--\r\n")]
    [InlineData("", "\r\n\r\n:")]
    public void Time_grows_with_the_length_and_nothing_else(string start, string piece) =>
        Touch(Timed(start + string.Concat(Enumerable.Repeat(piece, 1_000_000 / piece.Length))));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Mails_with_random_damage_are_read_without_a_fault(int seed)
    {
        var random = new Random(seed);
        var whole = Good();
        for (var i = 0; i < 100; i++)
        {
            var damaged = whole.ToArray();
            for (var hit = random.Next(1, 30); hit > 0; hit--) damaged[random.Next(damaged.Length)] = (byte)(random.Next(4) == 0 ? "\r\n=?-:;\" \0"[random.Next(10)] : random.Next(256));
            var cut = random.Next(2) == 0 ? damaged.Length : random.Next(damaged.Length);
            var mail = MimeMessage.Read(damaged.AsMemory(0, cut));
            Touch(mail);
            // And what was read can be sent on without a line that is too long or a stray line end.
            MimeWriterTests.AssertCanTravel(mail.ToBytes());
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Mails_of_random_pieces_are_read_without_a_fault(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 100; i++)
        {
            var mail = MimeMessage.Read(Encoding.UTF8.GetBytes(Soup(random)));
            Touch(mail);
            MimeWriterTests.AssertCanTravel(mail.ToBytes());
        }
    }

    // Structure often enough right to get deep, and never right for long.
    private static string Soup(Random random)
    {
        string[] names = ["From", "To", "Subject", "Date", "Message-ID", "References", "Content-Disposition", "Content-ID", "Content-Transfer-Encoding", "X", "", " ", "Content-Type"];
        string[] whole =
        [
            "Content-Type: multipart/mixed; boundary=a", "Content-Type: multipart/related; boundary=\"a b\"", "Content-Type: multipart/digest; boundary=ab", "Content-Type: message/rfc822",
            "Content-Type: text/plain; charset=iso-2022-jp", "Content-Type: text/html; charset*0*=utf-8''ut; charset*1=f-8", "Content-Transfer-Encoding: base64", "Content-Transfer-Encoding: quoted-printable",
            "Content-Transfer-Encoding: x-uuencode", "begin 644 x", "--a", "--a--", "--ab", "--a b", "--a b--", "--ab--", "", "", "", "SGFsbG8=", "=C4=81=", "M0V%T", "From x", "\t folded",
        ];
        var text = new StringBuilder();
        for (var lines = random.Next(60); lines > 0; lines--)
        {
            text.Append(random.Next(3) == 0 ? $"{names[random.Next(names.Length)]}: {Samples.Text(random)}" : whole[random.Next(whole.Length)]);
            text.Append(random.Next(10) == 0 ? "\n" : "\r\n");
        }

        return text.ToString();
    }

    private static byte[] Good()
    {
        var mail = MimeWriterTests.Mail();
        mail.Body = MimeWriterTests.Everything().ToPart();
        return mail.ToBytes();
    }

    private static MimeMessage Timed(string text)
    {
        var clock = Stopwatch.StartNew();
        var mail = MimeMessage.Read(Encoding.UTF8.GetBytes(text));
        Touch(mail);
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 8);
        return mail;
    }

    private static void Touch(MimeMessage mail)
    {
        _ = (mail.From, mail.To, mail.Cc, mail.Sender, mail.Date, mail.MessageId, mail.InReplyTo, mail.References, mail.Subject, mail.Text, mail.Html);
        foreach (var field in mail.Headers) Assert.DoesNotContain(field.Text, char.IsControl);
        foreach (var part in mail.Attachments)
        {
            _ = (part.FileName, part.SafeFileName, part.ContentId, part.IsAttachment, part.Content.Length, part.Text);
            if (part.Message is { } inner) Touch(inner);
        }
    }

    private static int Depth(MimePart part) => part.Parts.Count == 0 ? 0 : 1 + part.Parts.Max(Depth);
}
