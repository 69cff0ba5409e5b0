using System.Text;
using Crm.Kernel.Import;

namespace Crm.Kernel.Tests.Import;

public sealed class FileFormatTests
{
    [Theory]
    [InlineData("a,b,c\n1,\"x;y;z\",3\n", ',')]
    [InlineData("a;b;c\n1,5;2;3\n", ';')]
    [InlineData("a\tb\n1,2,3\t2\n", '\t')]
    [InlineData("a|b|c\n1|2|3\n", '|')]
    public async Task The_delimiter_is_the_one_that_cuts_all_rows_alike(string text, char delimiter) =>
        Assert.Equal(delimiter, (await FileFormat.GuessAsync(Encoding.UTF8.GetBytes(text), false, default)).Delimiter);

    [Theory]
    [InlineData("utf-8", "Bērziņa")]
    [InlineData("utf-16", "Bērziņa")]
    [InlineData("windows-1252", "Café Señor Müller")]
    [InlineData("windows-1257", "Kārlis Ozoliņš, Žūpa, Šķēle")]
    public async Task The_encoding_is_found_out(string name, string word)
    {
        var bytes = FileFormat.Named(name).GetBytes($"Name;City\n{word};X\n");
        var format = await FileFormat.GuessAsync(bytes, false, default);
        Assert.Equal(name, format.Encoding.WebName);
        Assert.Contains(word, format.Encoding.GetString(bytes), StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_encoding_is_refused_by_name() =>
        Assert.Contains("klingon", Assert.Throws<ImportRefused>(() => FileFormat.Named("klingon")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("31/12/2026", true)]
    [InlineData("12/31/2026", false)]
    public void The_order_of_days_is_told_by_one_that_can_be_read_one_way_only(string day, bool isDayFirst)
    {
        var (order, isSure) = DateText.Guess(["01/02/2026", day, "2026-01-31"]);
        Assert.Equal(isDayFirst, order == DateOrder.DayFirst);
        Assert.True(isSure);
    }

    [Theory]
    [InlineData("2026-02-03", "2026-02-03")]
    [InlineData("03.02.2026", "2026-02-03")]
    [InlineData("03/02/2026", "2026-02-03")]
    [InlineData("2026-02-03 00:00:00", "2026-02-03")]
    [InlineData("31/02/2026", null)]
    [InlineData("soon", null)]
    public void Days_are_read_as_files_write_them(string text, string? day) =>
        Assert.Equal(day is null ? (DateOnly?)null : DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture), DateText.Day(text, DateOrder.DayFirst));
}
