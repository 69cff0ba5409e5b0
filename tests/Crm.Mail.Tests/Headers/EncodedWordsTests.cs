using Crm.Mail.Headers;

namespace Crm.Mail.Tests.Headers;

public sealed class EncodedWordsTests
{
    [Theory]
    [InlineData("=?utf-8?Q?=C4=81?=", "ā")]
    [InlineData("=?UTF-8?b?xIE=?=", "ā")]
    [InlineData("=?utf-8*lv?Q?=C4=81?=", "ā")]
    [InlineData("=?iso-8859-1?Q?a?= =?iso-8859-1?Q?b?=", "ab")]
    [InlineData("=?iso-8859-1?Q?a?=  \t =?utf-8?Q?b?=", "ab")]
    [InlineData("=?iso-8859-1?Q?a_b?= c =?utf-8?Q?d?=", "a b c d")]
    [InlineData("=?utf-8?Q?=C4?= =?utf-8?Q?=81?=", "ā")]
    [InlineData("=?utf-8?Q?Hello World?=", "Hello World")]
    [InlineData("=?utf-8?X?abc?=", "=?utf-8?X?abc?=")]
    [InlineData("=?utf-8?Q?abc", "=?utf-8?Q?abc")]
    [InlineData("=? =?utf-8?Q?x?=", "=? x")]
    [InlineData("=?nonsense?Q?x=FF?=", "xÿ")]
    [InlineData("a=?=b?=?c", "a=?=b?=?c")]
    public void Encoded_words_are_read_and_what_only_looks_like_one_stays(string text, string expected) =>
        Assert.Equal(expected, EncodedWords.Decode(text));

    [Fact]
    public void Any_text_comes_back()
    {
        for (var seed = 0; seed < 1000; seed++)
        {
            var text = HeaderText.Clean(Samples.Text(new Random(seed), 20));
            var encoded = EncodedWords.Encode(text);
            Assert.Equal(text, EncodedWords.Decode(encoded));
            Assert.All(encoded.Split(' '), word => Assert.InRange(word.Length, 0, 75));
            Assert.Equal(text, EncodedWords.Decode(Unstructured.Encode(text)));
        }
    }

    [Fact]
    public void Words_that_need_no_encoding_stay_readable() =>
        Assert.Equal("Order 17 for =?utf-8?Q?Gr=C4=81matvede?= is here", Unstructured.Encode("Order 17 for Grāmatvede is here"));
}
