using Crm.Mail.Headers;

namespace Crm.Mail.Tests.Headers;

public sealed class MessageIdsTests
{
    [Theory]
    [InlineData("<a@b>", "a@b")]
    [InlineData("<a@b> <c@d>\t<e@f>", "a@b|c@d|e@f")]
    [InlineData("<a@b><c@d>", "a@b|c@d")]
    [InlineData("Your message of Monday <a@b>", "a@b")]
    [InlineData("a@b", "a@b")]
    [InlineData("<a\t@b>", "a@b")]
    [InlineData("<<a@b>", "a@b")]
    [InlineData("<a@b", "")]
    [InlineData("", "")]
    public void Identifiers_are_read(string value, string expected) => Assert.Equal(expected, string.Join('|', MessageIds.Read(value)));

    [Fact]
    public void A_new_one_is_nobody_elses_and_in_ascii()
    {
        var id = MessageIds.New("bērzs.example");
        Assert.True(MessageIds.IsValid(id));
        Assert.EndsWith("@xn--brzs-bva.example", id, StringComparison.Ordinal);
        Assert.NotEqual(id, MessageIds.New("bērzs.example"));
        Assert.Throws<MailFormatException>(() => MessageIds.New("a\r\nb"));
    }
}
