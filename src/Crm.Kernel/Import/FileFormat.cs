using System.Text;

namespace Crm.Kernel.Import;

/// <summary>How a file writes its rows, as guessed from its beginning or as said by a map.</summary>
internal sealed record FileFormat(Encoding Encoding, int Preamble, char Delimiter)
{
    /// <summary>Stands in decoded text where bytes mean nothing: no real text has it.</summary>
    public const char BadByte = '\uFFFF';

    private static readonly char[] _delimiters = [',', ';', '\t', '|'];

    /// <summary>Guesses from the beginning of a file.</summary>
    /// <param name="isBaltic">Whether the site's language is one of those that Windows-1257 was made for.</param>
    public static async Task<FileFormat> GuessAsync(ReadOnlyMemory<byte> sample, bool isBaltic, CancellationToken ct)
    {
        var (encoding, preamble) = Encodings.Guess(sample.Span, isBaltic);
        var text = encoding.GetString(sample.Span[preamble..]);
        if (text.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && text.Length > 5)
            return new FileFormat(encoding, preamble, text[4]);
        var best = (Delimiter: ',', Score: 0.0);
        foreach (var delimiter in _delimiters)
        {
            var score = await ScoreAsync(text, delimiter, ct);
            if (score > best.Score)
                best = (delimiter, score);
        }

        return new FileFormat(encoding, preamble, best.Delimiter);
    }

    /// <summary>The encoding of a name, with the mark for bytes that mean nothing.</summary>
    public static Encoding Named(string name)
    {
        try
        {
            return Encodings.Marking(name);
        }
        catch (ArgumentException)
        {
            throw new ImportRefused($"There is no encoding '{name}': use utf-8, utf-16, windows-1252 or windows-1257.");
        }
    }

    // The right delimiter cuts every row into as many cells as the heading has.
    private static async Task<double> ScoreAsync(string text, char delimiter, CancellationToken ct)
    {
        var rows = new CsvText(new StringReader(text), delimiter);
        if (await rows.NextAsync(ct) is not { Fault: null } heading || heading.Cells.Count < 2)
            return 0;
        var (same, all) = (1, 1);
        for (; all < 50 && await rows.NextAsync(ct) is { } row; all++)
            same += row.Fault is null && row.Cells.Count == heading.Cells.Count ? 1 : 0;
        return heading.Cells.Count * (double)same / all;
    }
}

/// <summary>The file as a whole can't be imported.</summary>
internal sealed class ImportRefused(string message) : Exception(message);
