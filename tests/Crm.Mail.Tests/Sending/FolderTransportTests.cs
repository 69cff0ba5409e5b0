using Crm.Mail.Addresses;
using Crm.Mail.Mime;
using Crm.Mail.Sending;

namespace Crm.Mail.Tests.Sending;

public sealed class FolderTransportTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("crm-mail-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_mail_becomes_a_file_that_can_be_read_with_its_envelope()
    {
        var mail = Mime.MimeWriterTests.Mail();
        mail.Bcc = [new Mailbox("secret@example.org")];
        await using var transport = new FolderTransport(Path.Combine(_folder, "not", "there"));
        var result = await transport.SendAsync(OutgoingMail.Of(mail), CancellationToken.None);
        Assert.True(result.IsComplete);
        var file = Assert.Single(Directory.GetFiles(_folder, "*", SearchOption.AllDirectories));
        Assert.EndsWith(".eml", file, StringComparison.Ordinal);
        var read = MimeMessage.Read(await File.ReadAllBytesAsync(file));
        Assert.Equal("Līgums", read.Subject);
        Assert.Equal("Hello", read.Text);
        Assert.Equal(["<janis@xn--brzs-bva.example>", "<secret@example.org>"], read.Headers.All("X-Envelope-To").Select(field => field.Text));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_means_not_sent()
    {
        var taken = Path.Combine(_folder, "taken");
        await File.WriteAllTextAsync(taken, "");
        await using var transport = new FolderTransport(taken);
        var result = await transport.SendAsync(OutgoingMail.Of(Mime.MimeWriterTests.Mail()), CancellationToken.None);
        Assert.Equal(SendOutcome.NotSent, result.Outcome);
        Assert.NotEqual("", result.Detail);
    }
}
