using Crm.Abstractions.Records;
using Crm.Contacts.Contacts;
using Crm.Contacts.Organizations;

namespace Crm.Contacts.Tests.Contacts;

public sealed class ContactWordsTests
{
    private readonly Organization _organization = Organization.New();

    [Fact]
    public void The_same_tag_in_another_case_is_the_same_tag()
    {
        _organization.SetWords(ContactTag.Free, ["VIP", " vip ", "#Vip", "Key  account", ""]);
        Assert.Equal(["Key account", "VIP"], _organization.Words(ContactTag.Free));
    }

    [Fact]
    public void Tags_given_again_stay_the_same_rows()
    {
        _organization.SetWords(ContactTag.Free, ["VIP", "Press"]);
        var kept = _organization.Tags[0];
        _organization.SetWords(ContactTag.Free, ["VIP", "Event"]);
        Assert.Same(kept, _organization.Tags[0]);
        Assert.Equal(["Event", "VIP"], _organization.Words(ContactTag.Free));
    }

    [Fact]
    public void Kinds_and_tags_are_two_lists()
    {
        _organization.SetWords(ContactTag.Free, ["supplier"]);
        _organization.SetWords(ContactTag.KindList, ["supplier", "network"]);
        _organization.SetWords(ContactTag.Free, []);
        Assert.Equal(["network", "supplier"], _organization.Words(ContactTag.KindList));
        Assert.Empty(_organization.Words(ContactTag.Free));
    }

    [Fact]
    public void Too_many_and_too_long_tags_are_refused()
    {
        Assert.Throws<RuleViolation>(() => _organization.SetWords(ContactTag.Free, [new string('a', 61)]));
        Assert.Throws<RuleViolation>(() => _organization.SetWords(ContactTag.Free, [.. Enumerable.Range(0, 101).Select(i => $"tag {i}")]));
    }
}
