namespace Crm.Architecture.Tests.Reading;

public sealed class CodeMaskTests
{
    [Theory]
    [InlineData("a // no", "a")]
    [InlineData("a /* no\n no */ b", "a\nb")]
    [InlineData("var s = \"no \\\" no\"; b", "var s = \"\"; b")]
    [InlineData("var s = @\"no \"\" no\\\"; b", "var s = @\"\"; b")]
    [InlineData("var s = \"\"\"no \" no \"\"\"; b", "var s = \"\"\"\"\"\"; b")]
    [InlineData("var s = $\"no {yes(\"no\")} no\"; b", "var s = $\" yes(\"\") \"; b")]
    [InlineData("var s = $\"no {{no}} {yes}\"; b", "var s = $\" yes \"; b")]
    [InlineData("var s = $$\"\"\"no {no} {{yes}}\"\"\"; b", "var s = $$\"\"\" yes \"\"\"; b")]
    [InlineData("var c = '\"'; b", "var c = ; b")]
    [InlineData("var c = '\\''; b", "var c = ; b")]
    [InlineData("#region don't\nb", "#region don't\nb")]
    [InlineData("var s = \"\"; b", "var s = \"\"; b")]
    public void Only_code_is_left(string text, string left) => Assert.Equal(Squeezed(left), Squeezed(CodeMask.Of(text)));

    [Fact]
    public void Lines_and_places_stay_where_they_were()
    {
        foreach (var file in SourceTree.CSharp)
        {
            Assert.Equal(file.Text.Length, file.Code.Length);
            Assert.Equal(file.Text.Count(sign => sign == '\n'), file.Code.Count(sign => sign == '\n'));
        }
    }

    [Fact]
    public void Every_file_of_the_tree_has_as_many_opening_braces_as_closing_ones() =>
        SourceTree.Obeys(SourceTree.CSharp
            .Where(file => file.Code.Count(sign => sign == '{') != file.Code.Count(sign => sign == '}'))
            .Select(file => $"{file.Path}: the reader lost its way in a string or a comment"));

    private static string Squeezed(string text) => string.Concat(text.Where(sign => !char.IsWhiteSpace(sign)));
}
