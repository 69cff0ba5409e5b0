using System.Buffers;
using System.Text;
using Crm.Mail.Encodings;
using Crm.Mail.Mime;

namespace Crm.Mail.Tests.Encodings;

public sealed class EncodingsTests
{
    [Fact]
    public void Any_bytes_come_back_from_base64_and_no_line_is_over_76()
    {
        var random = new Random(1);
        for (var length = 0; length < 300; length++)
        {
            var bytes = new byte[length];
            random.NextBytes(bytes);
            var encoded = Written(output => Base64Text.Encode(bytes, output));
            Assert.Equal(bytes, Base64Text.Decode(encoded));
            Assert.All(Encoding.ASCII.GetString(encoded).Split("\r\n"), line => Assert.InRange(line.Length, 0, 76));
        }
    }

    [Theory]
    [InlineData("SGFsbG8=", "Hallo")]
    [InlineData("SGFs\r\nbG8=", "Hallo")]
    [InlineData("SGFs bG8", "Hallo")]
    [InlineData("SGF*sb-G8=", "Hallo")]
    [InlineData("SGFsbG8=SGFsbG8=", "HalloHallo")]
    [InlineData("====", "")]
    [InlineData("S", "")]
    public void Base64_from_careless_programs_is_read(string text, string expected) =>
        Assert.Equal(expected, Encoding.UTF8.GetString(Base64Text.Decode(Encoding.ASCII.GetBytes(text))));

    [Fact]
    public void Any_text_comes_back_from_quoted_printable_in_lines_of_76()
    {
        for (var seed = 0; seed < 400; seed++)
        {
            var bytes = Encoding.UTF8.GetBytes(LineEnds.ToCrLf(Samples.Text(new Random(seed), 40)));
            var encoded = Written(output => QuotedPrintable.Encode(bytes, output));
            Assert.Equal(bytes, QuotedPrintable.Decode(encoded));
            Assert.All(Encoding.ASCII.GetString(encoded).Split("\r\n"), line =>
            {
                Assert.InRange(line.Length, 0, 76);
                Assert.False(line.EndsWith(' ') || line.StartsWith('.') || line.StartsWith("From ", StringComparison.Ordinal));
            });
        }
    }

    [Theory]
    [InlineData("a=20b", "a b")]
    [InlineData("a=\r\nb", "ab")]
    [InlineData("a=  \r\nb", "ab")]
    [InlineData("a   \r\nb", "a\r\nb")]
    [InlineData("a=zz", "a=zz")]
    [InlineData("a=4", "a=4")]
    [InlineData("a=e4=E4", "a\u00e4\u00e4")]
    public void Quoted_printable_from_careless_programs_is_read(string text, string expected) =>
        Assert.Equal(expected, Encoding.Latin1.GetString(QuotedPrintable.Decode(Encoding.ASCII.GetBytes(text))));

    [Fact]
    public void Uuencoded_files_of_old_programs_are_read() =>
        Assert.Equal("Cat", Encoding.ASCII.GetString(UuText.Decode("begin 644 cat.txt\r\n#0V%T\r\n`\r\nend\r\n"u8)));

    [Theory]
    [InlineData("windows-1257", new byte[] { 0xE2, 0xF0 }, "āš")]
    [InlineData("cp1257", new byte[] { 0xE2, 0xF0 }, "āš")]
    [InlineData("KOI8-R", new byte[] { 0xF0 }, "П")]
    [InlineData("iso-8859-13", new byte[] { 0xE2 }, "ā")]
    [InlineData("gb2312", new byte[] { 0xBF, 0xCD }, "客")]
    [InlineData("shift_jis", new byte[] { 0x82, 0xB1 }, "こ")]
    [InlineData("iso-2022-jp", new byte[] { 0x1B, 0x24, 0x42, 0x24, 0x33, 0x1B, 0x28, 0x42 }, "こ")]
    [InlineData("us-ascii", new byte[] { 0xC4, 0x81 }, "ā")]
    [InlineData("us-ascii", new byte[] { 0x93, 0xE4 }, "“ä")]
    [InlineData("iso-8859-1", new byte[] { 0x93, 0xE4 }, "“ä")]
    [InlineData("x-unknown", new byte[] { 0xC4, 0x81 }, "ā")]
    [InlineData("\"utf8\"", new byte[] { 0xC4, 0x81 }, "ā")]
    [InlineData("utf-7", new byte[] { 0x41 }, "A")]
    [InlineData("utf-8", new byte[] { 0xFF }, "\ufffd")]
    [InlineData(null, new byte[] { 0xEF, 0xBB, 0xBF, 0x41 }, "A")]
    public void Text_is_read_in_the_charset_named_or_in_the_one_that_it_looks_like(string? charset, byte[] bytes, string expected) =>
        Assert.Equal(expected, Charsets.Decode(bytes, charset));

    [Fact]
    public void No_charset_of_the_framework_fails_on_rubbish()
    {
        var random = new Random(3);
        var rubbish = new byte[5000];
        random.NextBytes(rubbish);
        var names = CodePagesEncodingProvider.Instance.GetEncodings().Select(known => known.Name).ToList();
        Assert.True(names.Count > 50);
        Assert.All(names, name => Assert.NotNull(Charsets.Decode(rubbish, name)));
    }

    private static byte[] Written(Action<ArrayBufferWriter<byte>> write)
    {
        var output = new ArrayBufferWriter<byte>();
        write(output);
        return output.WrittenSpan.ToArray();
    }
}
