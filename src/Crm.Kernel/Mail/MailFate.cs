using Crm.Abstractions.Records;
using Crm.Mail.Sending;

namespace Crm.Kernel.Mail;

/// <summary>What becomes of a mail by what the relay said.</summary>
internal static class MailFate
{
    /// <summary>Attempts with growing pauses: some two days in all.</summary>
    public const int MostAttempts = 18;

    public static void Settle(SentMail mail, SendResult result, MailSettings settings, DateTimeOffset now)
    {
        if (mail.State != MailState.Sending)
        {
            SettleTaken(mail, result, now);
            return;
        }

        mail.Detail = Words(result);
        switch (result.Outcome)
        {
            case SendOutcome.Unknown:
                Unheard(mail, mail.Detail, settings, now);
                break;
            case SendOutcome.NotSent:
                // The relay is away: that is no fault of the mail, and no attempt.
                (mail.State, mail.DueAt) = (MailState.Waiting, now + settings.RetryAfter);
                break;
            default:
                ByRecipient(mail, result, now);
                break;
        }
    }

    // It was given up or forgotten while it was on its way: whether it went is still true, its words stay gone, and it is not tried again.
    private static void SettleTaken(SentMail mail, SendResult result, DateTimeOffset now)
    {
        if (result.Outcome == SendOutcome.Accepted)
            (mail.State, mail.SentAt, mail.DueAt) = (MailState.Sent, now, null);
    }

    public static void Unheard(SentMail mail, string detail, MailSettings settings, DateTimeOffset now)
    {
        mail.Detail = detail;
        if (settings.ResendsUnheard)
            TryLater(mail, now);
        else
            (mail.State, mail.DueAt) = (MailState.Unheard, null);
    }

    // Who has it is served; who is told "later" is tried again, alone.
    private static void ByRecipient(SentMail mail, SendResult result, DateTimeOffset now)
    {
        var later = result.Recipients.Where(r => r.Outcome == SendOutcome.Deferred).Select(r => r.Recipient.Address).ToList();
        if (result.Outcome is SendOutcome.Accepted)
            mail.SentAt ??= now;
        if (later.Count > 0 || result is { Outcome: SendOutcome.Deferred, Recipients.Count: 0 })
        {
            mail.Recipients = later.Count > 0 ? string.Join('\n', later) : mail.Recipients;
            TryLater(mail, now);
            return;
        }

        (mail.State, mail.DueAt) = (mail.SentAt is not null ? MailState.Sent : MailState.Refused, null);
    }

    private static void TryLater(SentMail mail, DateTimeOffset now)
    {
        mail.Attempts++;
        (mail.State, mail.DueAt) = mail.Attempts < MostAttempts
            ? (MailState.Waiting, now.AddMinutes(Math.Min(240, Math.Pow(2, mail.Attempts - 1))))
            : (MailState.GivenUp, (DateTimeOffset?)null);
    }

    private static string Words(SendResult result)
    {
        var refused = result.Recipients.Where(r => r.Outcome != SendOutcome.Accepted).Select(r => $"{r.Recipient.Address}: {r.Reply?.ToString() ?? r.Outcome.ToString()}").ToList();
        var words = refused.Count > 0 ? string.Join("; ", refused) : result.Reply?.ToString() ?? result.Detail;
        return PlainText.Clip(words, 1000);
    }
}
