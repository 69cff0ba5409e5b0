namespace Crm.Abstractions.Pages;

/// <summary>Lines of files that pages send to spreadsheets.</summary>
public static class CsvLine
{
    /// <summary>A line of comma-separated values (RFC 4180), its end included.</summary>
    /// <param name="cells">The values. What a spreadsheet would run as a formula is sent as text.</param>
    public static string Of(IEnumerable<string> cells) => string.Join(',', cells.Select(Cell)) + "\r\n";

    private static string Cell(string text)
    {
        // A spreadsheet would run what begins so; a number or a phone stays as it is.
        if (text.Length > 0 && (text[0] is '=' or '@' or '\t' or '\r' || (text[0] is '+' or '-' && text.AsSpan(1).IndexOfAnyExcept("0123456789 ().-/") >= 0)))
            text = "'" + text;
        return text.AsSpan().IndexOfAny(",\"\r\n;") >= 0 || (text.Length > 0 && (text[0] == ' ' || text[^1] == ' '))
            ? "\"" + text.Replace("\"", "\"\"", StringComparison.Ordinal) + "\""
            : text;
    }
}
