using Crm.Mail.Addresses;

namespace Crm.Mail.Sending;

/// <summary>What became of one recipient's copy.</summary>
/// <param name="Recipient">Who.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Reply">The server's answer that decided, or null where there was none.</param>
public sealed record RecipientResult(Mailbox Recipient, SendOutcome Outcome, SmtpReply? Reply);
