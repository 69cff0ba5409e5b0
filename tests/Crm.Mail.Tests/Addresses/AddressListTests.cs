using System.Diagnostics;
using Crm.Mail.Addresses;
using Crm.Mail.Headers;

namespace Crm.Mail.Tests.Addresses;

public sealed class AddressListTests
{
    [Theory]
    [InlineData("anna@example.org", "anna@example.org")]
    [InlineData("Anna Berg <anna@example.org>", "Anna Berg <anna@example.org>")]
    [InlineData("\"Berg, Anna\" <anna@example.org>", "Berg, Anna <anna@example.org>")]
    [InlineData("Anna \"B.\" Berg <anna@example.org>", "Anna B. Berg <anna@example.org>")]
    [InlineData("anna@example.org (Anna Berg)", "Anna Berg <anna@example.org>")]
    [InlineData("anna@example.org (Anna (the (one)) Berg)", "Anna (the (one)) Berg <anna@example.org>")]
    [InlineData("Anna (remark) Berg <anna(remark)@example.org> (remark)", "Anna Berg <anna@example.org>")]
    [InlineData("=?utf-8?Q?J=C4=81nis?= =?utf-8?Q?_B=C4=93rzs?= <j@example.org>", "Jānis Bērzs <j@example.org>")]
    [InlineData("\"=?utf-8?Q?J=C4=81nis?=\" <j@example.org>", "Jānis <j@example.org>")]
    [InlineData("a@example.org, b@example.org,, ,c@example.org", "a@example.org, b@example.org, c@example.org")]
    [InlineData("a@example.org; b@example.org", "a@example.org, b@example.org")]
    [InlineData("undisclosed-recipients:;", "undisclosed-recipients: ;")]
    [InlineData("The team: Anna <a@example.org>, b@example.org; c@example.org", "The team: Anna <a@example.org>, b@example.org;, c@example.org")]
    [InlineData("anna . berg @ example . org", "anna.berg@example.org")]
    [InlineData("\"anna berg\"@example.org", "\"anna berg\"@example.org")]
    [InlineData("<@relay1,@relay2:anna@example.org>", "anna@example.org")]
    [InlineData("anna@[10.0.0.1]", "anna@[10.0.0.1]")]
    [InlineData("Anna <anna@example.org", "Anna <anna@example.org>")]
    [InlineData("Anna <anna@example.org> rubbish, b@example.org", "Anna <anna@example.org>, b@example.org")]
    [InlineData("Anna Berg anna@example.org", "")]
    [InlineData("Anna <not an address>, b@example.org", "b@example.org")]
    [InlineData("\"never ends <anna@example.org>", "")]
    [InlineData("<>", "")]
    [InlineData(":::;;;@@@<<<>>>(((", "")]
    [InlineData("", "")]
    public void Lists_are_read_as_the_world_writes_them(string text, string expected) => Assert.Equal(expected, AddressList.Parse(text).ToString());

    [Fact]
    public void Any_name_comes_back_and_adds_nobody()
    {
        for (var seed = 0; seed < 2000; seed++)
        {
            var name = Samples.Text(new Random(seed));
            AddressList list = [new Mailbox(name, "anna@example.org"), new AddressGroup("x" + name, [new Mailbox(name, "b@example.org")])];
            var header = list.ToHeader();
            Assert.DoesNotContain(header, char.IsControl);
            Assert.True(HeaderFolding.Fits(header));
            var read = AddressList.Parse(header);
            Assert.Equal(2, read.Count);
            Assert.Equal(list[0], read[0]);
            Assert.Equal(HeaderText.Clean("x" + name), Assert.IsType<AddressGroup>(read[1]).Name);
            Assert.Equal(HeaderText.Clean(name), read.Mailboxes.Last().Name);
        }
    }

    [Theory]
    [InlineData("a:")]
    [InlineData("(")]
    [InlineData("\"")]
    [InlineData("x@y:")]
    [InlineData("<@a:")]
    [InlineData("[")]
    [InlineData("=?")]
    [InlineData("=?a?q?")]
    [InlineData(" ")]
    [InlineData(",")]
    public void A_hostile_list_takes_no_longer_than_another(string piece)
    {
        var clock = Stopwatch.StartNew();
        AddressList.Parse(string.Concat(Enumerable.Repeat(piece, 200_000)));
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 5);
    }
}
