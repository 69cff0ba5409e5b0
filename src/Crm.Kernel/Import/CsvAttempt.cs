namespace Crm.Kernel.Import;

/// <summary>What became of reading one row.</summary>
internal enum CsvOutcome
{
    Row,

    /// <summary>The text ends before the row does.</summary>
    More,

    /// <summary>The file ends inside quotes.</summary>
    Unclosed,

    /// <summary>Text stands after a closing quote.</summary>
    Broken,

    TooMany,
}

/// <summary>One attempt to read a row from the beginning of a text.</summary>
internal sealed class CsvAttempt(ReadOnlyMemory<char> text, char delimiter, bool isEnd)
{
    private readonly List<string> _cells = [];
    private int _at;

    public IReadOnlyList<string> Cells => _cells;

    /// <summary>Characters that the row takes, its line end included.</summary>
    public int Length => _at;

    /// <summary>Lines that it takes.</summary>
    public int Lines { get; private set; } = 1;

    public CsvOutcome Parse()
    {
        while (true)
        {
            if (_cells.Count == CsvText.MostCells)
                return CsvOutcome.TooMany;
            var span = text.Span;
            if (_at < span.Length && span[_at] == '"')
            {
                if (Quoted(span) is { } failed)
                    return failed;
            }
            else
            {
                var length = span[_at..].IndexOfAny(delimiter, '\r', '\n');
                if (length < 0 && !isEnd)
                    return CsvOutcome.More;
                length = length < 0 ? span.Length - _at : length;
                _cells.Add(new string(span.Slice(_at, length)));
                _at += length;
            }

            if (_at == span.Length)
                return isEnd ? CsvOutcome.Row : CsvOutcome.More;
            if (span[_at] == delimiter)
            {
                _at++;
                continue;
            }

            return LineEnd(span);
        }
    }

    private CsvOutcome LineEnd(ReadOnlySpan<char> span)
    {
        if (span[_at] != '\r')
        {
            _at++;
            return CsvOutcome.Row;
        }

        // Whether a line feed follows is known only when more is read.
        if (_at + 1 == span.Length && !isEnd)
            return CsvOutcome.More;
        _at += _at + 1 < span.Length && span[_at + 1] == '\n' ? 2 : 1;
        return CsvOutcome.Row;
    }

    private CsvOutcome? Quoted(ReadOnlySpan<char> span)
    {
        var from = _at + 1;
        var doubled = false;
        for (var at = from; ;)
        {
            var quote = span[at..].IndexOf('"');
            if (quote < 0)
                return isEnd ? CsvOutcome.Unclosed : CsvOutcome.More;
            at += quote;
            if (at + 1 == span.Length && !isEnd)
                return CsvOutcome.More;
            if (at + 1 < span.Length && span[at + 1] == '"')
            {
                doubled = true;
                at += 2;
                continue;
            }

            return Close(span, from, at, doubled);
        }
    }

    private CsvOutcome? Close(ReadOnlySpan<char> span, int from, int quote, bool doubled)
    {
        var cell = new string(span[from..quote]);
        for (var i = 0; i < cell.Length; i++)
        {
            if (cell[i] == '\n' || (cell[i] == '\r' && (i + 1 == cell.Length || cell[i + 1] != '\n')))
                Lines++;
        }

        _at = quote + 1;
        while (_at < span.Length && span[_at] == ' ')
            _at++;
        if (_at == span.Length && !isEnd)
            return CsvOutcome.More;
        if (_at < span.Length && span[_at] != delimiter && span[_at] is not ('\r' or '\n'))
            return CsvOutcome.Broken;
        _cells.Add(doubled ? cell.Replace("\"\"", "\"", StringComparison.Ordinal) : cell);
        return null;
    }
}
