using System.Text;
using Crm.Mail.Headers;

namespace Crm.Mail.Tests.Headers;

public sealed class ParametersTests
{
    [Theory]
    [InlineData("text/plain; name=a.txt", "a.txt")]
    [InlineData("text/plain; NAME = \"a b.txt\" ; x=y", "a b.txt")]
    [InlineData("text/plain; name=\"a\\\"b;c\"", "a\"b;c")]
    [InlineData("text/plain; (remark; name=no) name=a.txt (end)", "a.txt")]
    [InlineData("text/plain; name*=utf-8'lv'b%C4%93rzs.pdf", "bērzs.pdf")]
    [InlineData("text/plain; name*=iso-8859-1''%E4.pdf", "ä.pdf")]
    [InlineData("text/plain; name*0=\"long\"; name*1=\"er.txt\"", "longer.txt")]
    [InlineData("text/plain; name*1=\"er.txt\"; name*0=\"long\"", "longer.txt")]
    [InlineData("text/plain; name*0*=utf-8''b%C4; name*1*=%93rzs; name*2=.pdf", "bērzs.pdf")]
    [InlineData("text/plain; name=plain.txt; name*=utf-8''better.txt", "better.txt")]
    [InlineData("text/plain; name=\"=?utf-8?Q?b=C4=93rzs?=.pdf\"", "bērzs.pdf")]
    [InlineData("text/plain; name=\"never ends", "never ends")]
    [InlineData("text/plain;;; =x; name=a", "a")]
    [InlineData("text/plain; name*99999999999=x", null)]
    [InlineData("text/plain; name", null)]
    [InlineData("", null)]
    public void Parameters_are_read_as_the_world_writes_them(string text, string? expected) =>
        Assert.Equal(expected, Parameters.Read(text).Named.GetValueOrDefault("name"));

    [Fact]
    public void Any_value_comes_back_and_no_piece_is_long()
    {
        for (var seed = 0; seed < 1000; seed++)
        {
            var value = HeaderText.Clean(Samples.Text(new Random(seed)));
            var output = new StringBuilder("attachment");
            Parameters.Write(output, "filename", value);
            Assert.Equal(value, Parameters.Read(output.ToString()).Named["filename"]);
            Assert.True(HeaderFolding.Fits(output.ToString()));
        }
    }
}
