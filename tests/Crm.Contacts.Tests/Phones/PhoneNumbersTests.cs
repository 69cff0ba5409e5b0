using System.Globalization;
using Crm.Contacts.Phones;

namespace Crm.Contacts.Tests.Phones;

public sealed class PhoneNumbersTests
{
    [Theory]
    [InlineData("202-224-3441", "US", "+12022243441")]
    [InlineData("(202) 224-3441", "US", "+12022243441")]
    [InlineData("1 (202) 224.3441", "US", "+12022243441")]
    [InlineData("+1 202 224 3441", null, "+12022243441")]
    [InlineData("001 202 224 3441", "LV", "+12022243441")]
    [InlineData("011 371 6701 2345", "US", "+37167012345")]
    [InlineData("67012345", "LV", "+37167012345")]
    [InlineData("67 01 23 45", "LV", "+37167012345")]
    [InlineData("+371 67012345", "US", "+37167012345")]
    [InlineData("37167012345", "LV", "+37167012345")]
    [InlineData("tel:+371-67012345", null, "+37167012345")]
    [InlineData("0 612 34567", "LT", "+37061234567")]
    [InlineData("8 612 34567", "LT", "+37061234567")]
    [InlineData("+370 612 34567", null, "+37061234567")]
    [InlineData("08-123 456 78", "SE", "+46812345678")]
    [InlineData("+46 (0)8 123 456 78", "LV", "+46812345678")]
    [InlineData("020 7946 0958", "GB", "+442079460958")]
    [InlineData("+44 (0)20 7946 0958", null, "+442079460958")]
    [InlineData("+44 020 7946 0958", null, "+442079460958")]
    [InlineData("030 123456", "DE", "+4930123456")]
    [InlineData("01 42 68 53 00", "FR", "+33142685300")]
    [InlineData("06 1234 5678", "IT", "+390612345678")]
    [InlineData("+39 06 1234 5678", "US", "+390612345678")]
    [InlineData("06 1 234 5678", "HU", "+3612345678")]
    [InlineData("8 (495) 123-45-67", "RU", "+74951234567")]
    [InlineData("+7 495 123 45 67", null, "+74951234567")]
    [InlineData("13812345678", "CN", "+8613812345678")]
    [InlineData("010-1234-5678", "KR", "+821012345678")]
    [InlineData("03-1234-5678", "JP", "+81312345678")]
    [InlineData("０３－１２３４－５６７８", "JP", "+81312345678")]
    [InlineData("٠١٠٠١٢٣٤٥٦٧", "EG", "+201001234567")]
    [InlineData("(11) 91234-5678", "BR", "+5511912345678")]
    [InlineData("0412 345 678", "AU", "+61412345678")]
    [InlineData("+1 202 224 3441 ext. 123", null, "+12022243441;ext=123")]
    [InlineData("202-224-3441 x12", "US", "+12022243441;ext=12")]
    public void A_number_becomes_one_form_however_it_is_written(string typed, string? country, string kept) =>
        Assert.Equal(kept, PhoneNumbers.Read(typed, country)?.Kept);

    [Theory]
    [InlineData("202-224-3441", "LV")]
    [InlineData("202-224-3441", null)]
    [InlineData("123", "US")]
    [InlineData("102-224-3441", "US")]
    [InlineData("202-124-3441", "US")]
    [InlineData("+999 1234567", null)]
    [InlineData("+371 123", null)]
    [InlineData("+371 670123456789", null)]
    [InlineData("call me", "LV")]
    [InlineData("67012345 (Anna)", "LV")]
    [InlineData("+", null)]
    [InlineData("(", "LV")]
    [InlineData("", "LV")]
    [InlineData("   ", "LV")]
    [InlineData("67+012345", "LV")]
    [InlineData("++37167012345", null)]
    [InlineData(null, "LV")]
    public void What_cannot_be_a_number_is_not_read(string? typed, string? country) =>
        Assert.Null(PhoneNumbers.Read(typed, country));

    [Fact]
    public void A_very_long_text_is_not_read() => Assert.Null(PhoneNumbers.Read(new string('1', 100_000), "US"));

    [Fact]
    public void A_number_is_shown_in_international_notation()
    {
        Assert.Equal("+1 202 224 3441", PhoneNumbers.Show("+12022243441"));
        Assert.Equal("+371 67 012 345", PhoneNumbers.Show("+37167012345"));
        Assert.Equal("+1 202 224 3441 ext. 7", PhoneNumbers.Show("+12022243441;ext=7"));
        Assert.Equal("ask for Anna", PhoneNumbers.Show("ask for Anna"));
    }

    [Fact]
    public void Every_country_can_be_called_and_what_is_shown_is_read_again()
    {
        var random = new Random(4711);
        foreach (var plan in CountryPhones.All)
        {
            for (var round = 0; round < 40; round++)
            {
                var national = National(plan, random);
                var kept = $"+{plan.Code}{national}";
                var number = PhoneNumbers.Read(kept, null);
                Assert.True(number is not null, $"{plan.Country}: {kept}");
                Assert.Equal(kept, number.Kept);
                Assert.Equal(number, PhoneNumbers.Read(number.Shown, null));
                Assert.Equal(number, PhoneNumbers.Read(number.Kept, plan.Country));
                Assert.Equal(kept, PhoneNumbers.Read($"00{plan.Code} {national}", plan.IsNorthAmerican ? null : plan.Country)?.Kept);
            }
        }
    }

    [Fact]
    public void A_number_dialled_at_home_is_the_same_as_from_abroad()
    {
        var random = new Random(815);
        foreach (var plan in CountryPhones.All.Where(p => p.Trunk is "0" or "-"))
        {
            var national = National(plan, random);
            var dialled = plan.Trunk is "0" ? "0" + national : national;
            Assert.Equal($"+{plan.Code}{national}", PhoneNumbers.Read(dialled, plan.Country)?.Kept);
        }
    }

    [Fact]
    public void No_text_makes_the_reader_fail()
    {
        var random = new Random(1);
        const string Signs = "+0123456789 ()-./x#;ext=٣３–\u00a0\u200e\ud83d\ude00abc\0";
        for (var round = 0; round < 20_000; round++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(24)).Select(_ => Signs[random.Next(Signs.Length)])]);
            if (PhoneNumbers.Read(text, round % 2 == 0 ? "LV" : "US") is { } number)
                Assert.Equal(number, PhoneNumbers.Read(number.Kept, null));
        }
    }

    // No national number begins with a nought where one is dialled before it; 2 suits every plan, the North American one included.
    private static string National(CountryPhone plan, Random random)
    {
        var length = random.Next(plan.Shortest, plan.Longest + 1);
        var digits = Enumerable.Range(0, length).Select(i => i is 0 or 3 ? 2 : random.Next(10));
        return string.Concat(digits.Select(d => d.ToString(CultureInfo.InvariantCulture)));
    }
}
