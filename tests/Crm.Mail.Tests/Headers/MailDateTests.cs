using System.Globalization;
using Crm.Mail.Headers;

namespace Crm.Mail.Tests.Headers;

public sealed class MailDateTests
{
    [Theory]
    [InlineData("Fri, 21 Nov 1997 09:55:06 -0600", "1997-11-21T09:55:06-06:00")]
    [InlineData("21 Nov 97 09:55 GMT", "1997-11-21T09:55:00+00:00")]
    [InlineData("Fri,21 Nov 1997 09(comment):55:06 EST", null)]
    [InlineData("Fri, 21 Nov 1997 09:55:06 EST (Eastern)", "1997-11-21T09:55:06-05:00")]
    [InlineData("1 january 05 1:02:60 +05:30", "2005-01-01T01:02:59+05:30")]
    [InlineData("1 Jan 2005 01:02:03 Z", "2005-01-01T01:02:03+00:00")]
    [InlineData("1 Jan 2005 01:02:03 +9999", "2005-01-01T01:02:03+00:00")]
    [InlineData("31 Feb 2005 01:02:03 +0000", null)]
    [InlineData("1 Jan 99999999999 01:02:03 +0000", null)]
    [InlineData("1 Jan 0001 00:00:00 +1400", null)]
    [InlineData("soon", null)]
    [InlineData("", null)]
    public void Dates_are_read_in_new_and_old_forms(string text, string? expected) =>
        Assert.Equal(expected is null ? null : DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture), MailDate.Read(text));

    [Fact]
    public void A_date_is_written_in_english_whatever_the_culture_is()
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("lv-LV");
        try
        {
            var date = new DateTimeOffset(2026, 3, 5, 7, 8, 9, TimeSpan.FromMinutes(-150));
            Assert.Equal("Thu, 05 Mar 2026 07:08:09 -0230", MailDate.Write(date));
            Assert.Equal(date, MailDate.Read(MailDate.Write(date)));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
