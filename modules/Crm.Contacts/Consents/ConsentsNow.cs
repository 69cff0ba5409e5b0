namespace Crm.Contacts.Consents;

/// <summary>What counts of a contact's consents: the newest for each channel.</summary>
internal static class ConsentsNow
{
    public static IEnumerable<Consent> Newest(IEnumerable<Consent> consents) =>
        consents.Where(c => c.Spine.DeletedAt is null).GroupBy(c => c.Channel, StringComparer.Ordinal).Select(g => g.OrderByDescending(c => c.At).ThenByDescending(c => c.Id).First());

    /// <summary>The channels that the contact may be contacted by.</summary>
    public static IEnumerable<string> Given(IEnumerable<Consent> consents) =>
        Newest(consents).Where(c => string.Equals(c.State, Consent.Given, StringComparison.Ordinal)).Select(c => c.Channel).Order(StringComparer.Ordinal);
}
