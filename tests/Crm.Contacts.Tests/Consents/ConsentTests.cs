using Crm.Abstractions.Records;
using Crm.Contacts.Consents;

namespace Crm.Contacts.Tests.Consents;

public sealed class ConsentTests
{
    private static readonly DateTimeOffset _day = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);
    private static readonly Guid _anna = Guid.CreateVersion7();
    private readonly ConsentRecord _type = new(TimeProvider.System);

    [Fact]
    public void The_newest_answer_for_a_channel_counts()
    {
        Consent[] said = [Said("email", Consent.Given, 0), Said("phone", Consent.Refused, 1), Said("email", Consent.Refused, 2), Said("phone", Consent.Given, 3)];
        Assert.Equal(["phone"], ConsentsNow.Given(said));
    }

    [Fact]
    public void What_is_in_the_bin_does_not_count()
    {
        var (given, refused) = (Said("email", Consent.Given, 0), Said("email", Consent.Refused, 1));
        refused.Spine.DeletedAt = _day;
        Assert.Equal(["email"], ConsentsNow.Given([given, refused]));
    }

    [Fact]
    public void Consent_without_a_source_is_none()
    {
        var consent = Said("email", Consent.Given, 0);
        _type.Check(consent);
        consent.Source = " ";
        Assert.Contains("source", Refusal(consent));
        consent.Source = "Form at the fair";
        consent.Channel = "telepathy";
        Assert.Contains("channel", Refusal(consent));
    }

    private IEnumerable<string> Refusal(Consent consent) => Assert.Throws<RuleViolation>(() => _type.Check(consent)).Errors.Keys;

    private static Consent Said(string channel, string state, int day)
    {
        var consent = Consent.Of(_anna, _day.AddDays(day));
        (consent.Channel, consent.State, consent.Source) = (channel, state, "Form at the fair");
        return consent;
    }
}
