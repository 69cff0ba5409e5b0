using Crm.Abstractions.Contacts;
using Crm.Abstractions.Data;
using Crm.Abstractions.Mail;
using Crm.Abstractions.Records;
using Crm.Activities.Consents;
using Crm.Activities.Interactions;
using Microsoft.Extensions.Localization;

namespace Crm.Activities.Mails;

/// <summary>Sends a mail to a customer and logs it as a contact: one unit, both or neither.</summary>
internal sealed class SendMail(CrmDb db, IOutgoingMail mail, Refusals refusals, IEnumerable<IContactEmails> emails, TimeProvider clock, IStringLocalizer<ActivitiesText> words)
{
    public const int MostText = 20_000;

    /// <param name="isAnswer">It answers the customer or is about a contract: sent although e-mail was refused, and logged so.</param>
    /// <exception cref="RuleViolation">E-mail was refused, an address can't be read, something is missing, no relay is set, or others are designated for the customer.</exception>
    public async Task<Interaction> RunAsync(Guid about, string to, string subject, string text, bool isAnswer, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(subject))
            throw new RuleViolation("subject", "Give the mail a subject.");
        PlainText.Line("subject", PlainText.Sound("subject", subject, 300));
        if (string.IsNullOrWhiteSpace(text))
            throw new RuleViolation("text", "Write something, up to 20,000 letters.");
        PlainText.Sound("text", text, MostText);
        if ((MergeWords.Open(subject) ?? MergeWords.Open(text)) is { } open)
            throw new RuleViolation("text", "Nothing is known for {0}: write it yourself.", open);
        var addresses = Split(to);
        var isRefused = (await refusals.AmongAsync(await ReachedAsync(about, addresses, ct), ActivitiesLists.Email, ct)).Count > 0;
        if (isRefused && !isAnswer)
            throw new RuleViolation("isAnswer", "The customer has refused e-mail: say that this is an answer or a matter of contract, or don't send it.");
        var me = (await db.RightsAsync(ct)).UserId;
        await mail.SendAsync(new MailDraft(addresses, subject.Trim(), text) { UserId = me, RecordId = about }, ct);
        var logged = Interaction.New();
        logged.HangOn(about);
        (logged.Channel, logged.Direction, logged.At, logged.UserId) = (ActivitiesLists.Email, Direction.Outgoing, clock.GetUtcNow(), me);
        (logged.Subject, logged.Text) = (subject.Trim(), isRefused ? $"{text}\n\n{words["Sent as an answer or a matter of contract, although e-mail was refused."]}" : text);
        db.Add(logged);
        await db.SaveChangesAsync(ct);
        return logged;
    }

    /// <summary>What there is to say of those who are reached at the addresses, or whom the mail is about, and have refused e-mail.</summary>
    public async Task<IReadOnlyList<RuleMessage>> RefusedAsync(Guid about, string to, CancellationToken ct) =>
        await refusals.WarnAsync(await ReachedAsync(about, Split(to), ct), ActivitiesLists.Email, null, ct);

    private static string[] Split(string to) => to.Split([',', ';', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    // An address typed on whatever page is that of whoever has it: a mail to him is a mail to him.
    private async Task<IReadOnlyCollection<Guid>> ReachedAsync(Guid about, IReadOnlyList<string> addresses, CancellationToken ct)
    {
        var bare = addresses.Select(a => a[(a.LastIndexOf('<') + 1)..].TrimEnd('>').Trim()).Where(a => a.Length > 0).ToList();
        var reached = new HashSet<Guid> { about };
        foreach (var source in emails)
            reached.UnionWith((await source.FindAsync(bare, ct)).SelectMany(found => found));
        return reached;
    }
}
