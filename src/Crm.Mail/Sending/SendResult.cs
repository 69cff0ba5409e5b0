namespace Crm.Mail.Sending;

/// <summary>What became of a mail.</summary>
/// <param name="Outcome">Of the mail as a whole: <see cref="SendOutcome.Accepted"/> where the server took it for at least one recipient.</param>
/// <param name="Phase">How far it came.</param>
/// <param name="Reply">The server's answer that decided, or null where there was none.</param>
/// <param name="Detail">Why, in English, for logs and administrators.</param>
/// <param name="Recipients">Each recipient's own outcome, in the order of the mail's.</param>
public sealed record SendResult(SendOutcome Outcome, SendPhase Phase, SmtpReply? Reply, string Detail, IReadOnlyList<RecipientResult> Recipients)
{
    /// <summary>Set where every recipient's copy was accepted.</summary>
    public bool IsComplete => Recipients.All(recipient => recipient.Outcome == SendOutcome.Accepted);

    internal static SendResult ForAll(OutgoingMail mail, SendOutcome outcome, SendPhase phase, SmtpReply? reply, string detail) =>
        new(outcome, phase, reply, detail, [.. mail.Recipients.Select(recipient => new RecipientResult(recipient, outcome, reply))]);
}
