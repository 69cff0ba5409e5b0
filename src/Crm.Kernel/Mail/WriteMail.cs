using Crm.Abstractions.Mail;
using Crm.Abstractions.Records;
using Crm.Kernel.Data;
using Crm.Kernel.Settings;
using Crm.Kernel.Users;
using Crm.Mail.Addresses;
using Crm.Mail.Headers;
using Crm.Mail.Mime;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.Mail;

/// <summary>Writes a mail out as it will be sent, into the unit of whoever sends it.</summary>
internal sealed class WriteMail(KernelDb db, MailSettings settings, SiteSettings site, MailSignal signal, TimeProvider clock) : IOutgoingMail
{
    public bool IsReady => settings.IsReady;

    public async Task<Guid> SendAsync(MailDraft mail, CancellationToken ct)
    {
        if (settings is not { IsReady: true, From: { } own })
            throw new RuleViolation("", "No mail can be sent: an administrator sets Mail:From and Mail:Smtp:Host first.");
        var (to, cc) = (Read("to", mail.To), Read("cc", mail.Cc));
        if (to.Count + cc.Count == 0)
            throw new RuleViolation("to", "Say to whom.");
        var user = mail.UserId is { } id ? await db.Set<User>().AsNoTracking().FirstOrDefaultAsync(u => u.Id == id, ct) : null;
        var message = Message(mail, to, cc, own, user);
        var row = new SentMail
        {
            At = clock.GetUtcNow(),
            DueAt = clock.GetUtcNow(),
            MessageId = message.MessageId!,
            Sender = own.Address,
            Recipients = string.Join('\n', to.Concat(cc).Select(m => m.Address).Distinct(StringComparer.OrdinalIgnoreCase)),
            Addressees = string.Join(", ", to.Concat(cc).Select(m => m.ToString())),
            Subject = mail.Subject,
            Content = message.ToBytes(),
            UserId = mail.UserId,
            RecordId = mail.RecordId,
        };
        db.Add(row);
        db.AddRange(mail.FurtherRecordIds.Distinct().Select(r => new MailRecord { MailId = row.Id, RecordId = r }));
        signal.Wake();
        return row.Id;
    }

    private MimeMessage Message(MailDraft mail, IReadOnlyList<Mailbox> to, IReadOnlyList<Mailbox> cc, Mailbox from, User? user)
    {
        var message = new MimeMessage
        {
            From = new AddressList([new Mailbox(user?.Name ?? site.Now.Name, from.Address)]),
            To = new AddressList(to),
            Cc = new AddressList(cc),
            Subject = mail.Subject,
            Date = clock.GetUtcNow(),
            MessageId = MessageIds.New(from.AsciiDomain),
            Body = new MailBody
            {
                Text = mail.Text,
                Html = mail.Html,
                Calendar = mail.Calendar is { } calendar ? MimePart.Calendar(calendar.Text, calendar.Method) : null,
                Attachments = [.. mail.Files.Select(f => MimePart.Attachment(f.Name, f.MediaType, f.Content))],
            }.ToPart(),
        };
        if (user is not null && Mailbox.TryCreate(user.Name, user.Email, out var answers))
            message.ReplyTo = new AddressList([answers]);
        if (mail.InReplyTo is { } before)
            (message.InReplyTo, message.References) = ([before], [before]);
        return message;
    }

    private static List<Mailbox> Read(string field, IReadOnlyList<string> addresses)
    {
        var read = new List<Mailbox>();
        foreach (var text in addresses.Where(a => !string.IsNullOrWhiteSpace(a)))
        {
            try
            {
                read.AddRange(AddressList.Parse(text).Mailboxes);
            }
            catch (Crm.Mail.MailFormatException)
            {
                throw new RuleViolation(field, "This is no e-mail address.");
            }
        }

        return read;
    }
}
