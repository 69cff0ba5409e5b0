namespace Crm.Abstractions.Pages;

/// <summary>Lines of files that pages send to spreadsheets.</summary>
public static class CsvLine
{
    private const char Mark = '\'';

    /// <summary>A line of comma-separated values (RFC 4180), its end included.</summary>
    /// <param name="cells">The values. What a spreadsheet would run as a formula is sent as text.</param>
    public static string Of(IEnumerable<string> cells) => Exact(cells.Select(c => IsRun(c) ? Mark + c : c));

    /// <summary>A line whose values stand as they are, for programs: a spreadsheet may run what stands in it.</summary>
    /// <param name="cells">The values.</param>
    public static string Exact(IEnumerable<string> cells) => string.Join(',', cells.Select(Quoted)) + "\r\n";

    /// <summary>A value as it was before <see cref="Of"/> made it safe.</summary>
    /// <param name="cell">What stands in the file.</param>
    public static string Read(string cell)
    {
        ArgumentNullException.ThrowIfNull(cell);
        return cell.Length > 1 && cell[0] == Mark && IsRun(cell[1..]) ? cell[1..] : cell;
    }

    // A spreadsheet would run what begins so; a number or a phone stays as it is.
    private static bool IsRun(string text) =>
        text.Length > 0 && (text[0] is '=' or '@' or '\t' or '\r' || (text[0] is '+' or '-' && text.AsSpan(1).IndexOfAnyExcept("0123456789 ().-/") >= 0));

    private static string Quoted(string text) =>
        text.AsSpan().IndexOfAny(",\"\r\n;") >= 0 || (text.Length > 0 && (text[0] == ' ' || text[^1] == ' '))
            ? "\"" + text.Replace("\"", "\"\"", StringComparison.Ordinal) + "\""
            : text;
}
