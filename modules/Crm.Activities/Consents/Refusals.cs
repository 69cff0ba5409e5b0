using Crm.Abstractions.Contacts;
using Crm.Abstractions.Data;
using Crm.Abstractions.Records;
using Crm.Activities.Cadence;
using Crm.Ui.Shell;
using Microsoft.EntityFrameworkCore;

namespace Crm.Activities.Consents;

/// <summary>Says which customers have refused a way of contact. That somebody has may be known; who and where it was said, only by who sees it.</summary>
internal sealed class Refusals(CrmDb db, IEnumerable<IContactConsent> consents, IUserZone zone)
{
    // What consents know of the channels; words that administrators add are about none of them.
    private static readonly Dictionary<string, string> _consentOf = new(StringComparer.Ordinal)
    {
        [ActivitiesLists.Email] = ConsentChannel.Email,
        [ActivitiesLists.Phone] = ConsentChannel.Phone,
        ["call-centre"] = ConsentChannel.Phone,
        ["letter"] = ConsentChannel.Post,
        ["message"] = ConsentChannel.Message,
        ["in-person"] = ConsentChannel.Visit,
    };

    /// <summary>The refusal of one customer; null where he gave his consent or said nothing.</summary>
    public async Task<RuleMessage?> OfAsync(Guid record, string channel, CancellationToken ct) =>
        (await ReadAsync([record], channel, null, ct)).TryGetValue(record, out var refusal) ? Said(refusal) : null;

    /// <summary>Those of the customers who have refused a way of contact.</summary>
    public async Task<IReadOnlySet<Guid>> AmongAsync(IReadOnlyCollection<Guid> records, string channel, CancellationToken ct) =>
        (await ReadAsync(records, channel, null, ct)).Keys.ToHashSet();

    /// <summary>What there is to say before these customers are contacted, or after they were.</summary>
    /// <param name="until">When they were contacted: what they said later does not count.</param>
    public async Task<IReadOnlyList<RuleMessage>> WarnAsync(IReadOnlyCollection<Guid> records, string channel, DateTimeOffset? until, CancellationToken ct)
    {
        var refused = await ReadAsync(records, channel, until, ct);
        if (refused.Count == 0)
            return [];
        var titles = await (await db.VisibleAmongAsync(refused.Keys, ct, Customer.Kinds[Customer.Both])).AsNoTracking().ToDictionaryAsync(r => r.Id, r => r.Title, ct);
        return [.. refused.Select(r => Said(r.Value, titles.GetValueOrDefault(r.Key))).Distinct()];
    }

    private async Task<Dictionary<Guid, ContactAnswer>> ReadAsync(IReadOnlyCollection<Guid> records, string channel, DateTimeOffset? until, CancellationToken ct)
    {
        var refused = new Dictionary<Guid, ContactAnswer>();
        if (records.Count == 0 || !_consentOf.TryGetValue(channel, out var about))
            return refused;
        // When it was, is typed to the minute.
        var by = until?.AddMinutes(1);
        foreach (var consent in consents)
        {
            foreach (var (record, answer) in (await consent.AnswersAsync(records, about, by, ct)).Where(a => !a.Value.IsGiven))
                refused[record] = answer;
        }

        return refused;
    }

    private RuleMessage Said(ContactAnswer refusal) => refusal is { At: { } at, Source: { } source }
        ? new("Said on {0}: {1}", Day(at), source)
        : new("You may not see when and where this was said.");

    private RuleMessage Said(ContactAnswer refusal, string? title) => (title, refusal) switch
    {
        (null, _) => new("Somebody who takes part has refused this way of contact."),
        (_, { At: { } at, Source: { } source }) => new("{0} refused this way of contact on {1}: {2}", title, Day(at), source),
        _ => new("{0} has refused this way of contact.", title),
    };

    private DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(LocalTime.Local(at, zone.Zone));
}
