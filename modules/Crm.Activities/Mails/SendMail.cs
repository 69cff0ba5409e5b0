using Crm.Abstractions.Data;
using Crm.Abstractions.Mail;
using Crm.Abstractions.Records;
using Crm.Activities.Consents;
using Crm.Activities.Interactions;
using Microsoft.Extensions.Localization;

namespace Crm.Activities.Mails;

/// <summary>Sends a mail to a customer and logs it as a contact: one unit, both or neither.</summary>
internal sealed class SendMail(CrmDb db, IOutgoingMail mail, Refusals refusals, TimeProvider clock, IStringLocalizer<ActivitiesText> words)
{
    public const int MostText = 20_000;

    /// <param name="isAnswer">It answers the customer or is about a contract: sent although e-mail was refused, and logged so.</param>
    /// <exception cref="RuleViolation">E-mail was refused, an address can't be read, something is missing, no relay is set, or others are designated for the customer.</exception>
    public async Task<Interaction> RunAsync(Guid about, string to, string subject, string text, bool isAnswer, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(subject))
            throw new RuleViolation("subject", "Give the mail a subject.");
        if (subject.Length > 300 || subject.Any(char.IsControl))
            throw new RuleViolation("subject", "A subject is one line of up to 300 letters.");
        if (string.IsNullOrWhiteSpace(text) || text.Length > MostText)
            throw new RuleViolation("text", "Write something, up to 20,000 letters.");
        if ((MergeWords.Open(subject) ?? MergeWords.Open(text)) is { } open)
            throw new RuleViolation("text", "Nothing is known for {0}: write it yourself.", open);
        var isRefused = await refusals.OfAsync(about, ActivitiesLists.Email, ct) is not null;
        if (isRefused && !isAnswer)
            throw new RuleViolation("isAnswer", "The customer has refused e-mail: say that this is an answer or a matter of contract, or don't send it.");
        var me = (await db.RightsAsync(ct)).UserId;
        var addresses = to.Split([',', ';', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        await mail.SendAsync(new MailDraft(addresses, subject.Trim(), text) { UserId = me, RecordId = about }, ct);
        var logged = Interaction.New();
        logged.HangOn(about);
        (logged.Channel, logged.Direction, logged.At, logged.UserId) = (ActivitiesLists.Email, Direction.Outgoing, clock.GetUtcNow(), me);
        (logged.Subject, logged.Text) = (subject.Trim(), isRefused ? $"{text}\n\n{words["Sent as an answer or a matter of contract, although e-mail was refused."]}" : text);
        db.Add(logged);
        await db.SaveChangesAsync(ct);
        return logged;
    }
}
