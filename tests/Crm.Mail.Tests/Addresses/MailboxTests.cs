using Crm.Mail.Addresses;

namespace Crm.Mail.Tests.Addresses;

public sealed class MailboxTests
{
    [Theory]
    [InlineData("anna@example.org")]
    [InlineData("a.b+c=d@localhost")]
    [InlineData("\"anna b\"@example.org")]
    [InlineData("\"a\\\"b\"@example.org")]
    [InlineData("jānis@bērzs.example")]
    [InlineData("用户@例え.example")]
    [InlineData("anna@[192.168.1.7]")]
    [InlineData("anna@[IPv6:::1]")]
    [InlineData(" anna@example.org ")]
    public void An_address_is_taken(string address) => Assert.Equal(address.Trim(), new Mailbox(address).Address);

    [Theory]
    [InlineData("")]
    [InlineData("anna")]
    [InlineData("@example.org")]
    [InlineData("anna@")]
    [InlineData("anna@@example.org")]
    [InlineData("an na@example.org")]
    [InlineData(".anna@example.org")]
    [InlineData("an..na@example.org")]
    [InlineData("anna@exa mple.org")]
    [InlineData("anna@-example.org")]
    [InlineData("anna@example..org")]
    [InlineData("anna@[192.168.1.7")]
    [InlineData("anna@[x]")]
    [InlineData("anna@example.org>\r\nRCPT TO:<eve@example.org")]
    [InlineData("anna\r\n@example.org")]
    [InlineData("\"anna\r\n\"@example.org")]
    [InlineData("\"anna\"b\"@example.org")]
    [InlineData("\"anna\\\"@example.org")]
    [InlineData("anna\0@example.org")]
    [InlineData("anna<b@example.org")]
    [InlineData("anna,b@example.org")]
    public void What_is_no_address_is_refused(string address)
    {
        Assert.Throws<MailFormatException>(() => new Mailbox(address));
        Assert.False(Mailbox.TryCreate("Anna", address, out _));
    }

    [Fact]
    public void Half_a_surrogate_pair_is_no_letter() // Not as a theory: its data would be made whole on the way.
    {
        Assert.False(Mailbox.TryCreate(null, "\ud800@example.org", out _));
        Assert.False(Mailbox.TryCreate(null, "anna@\ud800.org", out _));
    }

    [Fact]
    public void Lengths_are_held() // RFC 5321 §4.5.3.1
    {
        Assert.True(Mailbox.TryCreate(null, $"{new string('a', 64)}@example.org", out _));
        Assert.False(Mailbox.TryCreate(null, $"{new string('a', 65)}@example.org", out _));
        Assert.False(Mailbox.TryCreate(null, $"{new string('ā', 33)}@example.org", out _));
        Assert.False(Mailbox.TryCreate(null, $"a@{new string('b', 64)}.org", out _));
    }

    [Fact]
    public void A_domain_travels_in_ascii_and_a_name_in_another_script_needs_more()
    {
        var box = new Mailbox("Jānis", "jānis@bērzs.example");
        Assert.Equal("jānis@xn--brzs-bva.example", box.WireAddress);
        Assert.True(box.NeedsUtf8);
        Assert.False(new Mailbox("info@bērzs.example").NeedsUtf8);
    }
}
