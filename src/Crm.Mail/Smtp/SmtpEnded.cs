using Crm.Mail.Sending;

namespace Crm.Mail.Smtp;

/// <summary>The conversation ended before the mail had its turn. Becomes <see cref="SendOutcome.NotSent"/>.</summary>
internal sealed class SmtpEnded(SendPhase phase, string message, SmtpReply? reply = null, Exception? cause = null) : Exception(message, cause)
{
    public SendPhase Phase => phase;

    public SmtpReply? Reply => reply;
}
