using Crm.Abstractions.Pages;

namespace Crm.Kernel.Tests.RecordPages;

/// <summary>A line of an exported file.</summary>
public sealed class ListExportTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"yes\"", "\"say \"\"yes\"\"\"")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    [InlineData("+371 6700 0000", "+371 6700 0000")]
    [InlineData("-12.5", "-12.5")]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("-1+cmd|'/c calc'!A0", "'-1+cmd|'/c calc'!A0")]
    public void A_cell_is_read_back_and_never_run(string text, string cell) => Assert.Equal(cell + "\r\n", CsvLine.Of([text]));
}
