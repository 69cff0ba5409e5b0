using System.Text;

namespace Crm.Mail.Sending;

/// <summary>For development: puts every mail as an <c>.eml</c> file into a folder, its envelope in front, instead of sending it.</summary>
/// <param name="folder">The folder; it is made when the first mail comes.</param>
public sealed class FolderTransport(string folder) : IMailTransport
{
    /// <inheritdoc/>
    public async Task<SendResult> SendAsync(OutgoingMail mail, CancellationToken ct)
    {
        // Names sort by time.
        var name = $"{Guid.CreateVersion7():N}.eml";
        var path = Path.Combine(folder, name);
        var unfinished = path + ".tmp";
        try
        {
            Directory.CreateDirectory(folder);
            await using (var file = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write, FileShare.None, 64 * 1024, useAsync: true))
            {
                await file.WriteAsync(Envelope(mail), ct);
                await file.WriteAsync(mail.Content, ct);
            }

            // Whoever watches the folder sees whole mails only.
            File.Move(unfinished, path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return SendResult.ForAll(mail, SendOutcome.NotSent, SendPhase.Content, null, fault.Message);
        }
        catch (OperationCanceledException)
        {
            File.Delete(unfinished);
            throw;
        }

        return SendResult.ForAll(mail, SendOutcome.Accepted, SendPhase.Answer, new SmtpReply(250, $"2.0.0 Written to {name}"), $"Written to {name}");
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    // Who gets a blind copy stands nowhere else.
    private static byte[] Envelope(OutgoingMail mail)
    {
        var lines = new StringBuilder().Append("X-Envelope-From: <").Append(mail.Sender?.WireAddress).Append(">\r\n");
        foreach (var recipient in mail.Recipients) lines.Append("X-Envelope-To: <").Append(recipient.WireAddress).Append(">\r\n");
        return Encoding.UTF8.GetBytes(lines.ToString());
    }
}
