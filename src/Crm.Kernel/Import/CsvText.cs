namespace Crm.Kernel.Import;

/// <summary>A row of a file, with the line that it begins on.</summary>
/// <param name="Fault">Why it can't be read, or null; its one cell is then the line as it stands.</param>
internal sealed record CsvRow(long Line, IReadOnlyList<string> Cells, string? Fault = null);

/// <summary>
/// Reads delimited text row by row in bounded memory. A row that breaks the rules (a quote never closed, text after a closing quote)
/// costs that row alone: reading goes on at the line after the one where it began.
/// </summary>
internal sealed class CsvText(TextReader reader, char delimiter)
{
    public const int MostCells = 2_000;
    private const int MostChars = 16 << 20;
    private char[] _buffer = new char[1 << 16];
    private int _start;
    private int _end;
    private bool _ended;
    private long _line = 1;

    /// <summary>The next row, or null at the end. Empty lines are passed over.</summary>
    public async ValueTask<CsvRow?> NextAsync(CancellationToken ct)
    {
        while (true)
        {
            if (_start == _end && !await FillAsync(ct))
                return null;
            var row = await RowAsync(ct);
            if (row.Fault is not null || row.Cells.Count > 1 || row.Cells[0].Length > 0)
                return row;
        }
    }

    private async ValueTask<CsvRow> RowAsync(CancellationToken ct)
    {
        while (true)
        {
            var attempt = new CsvAttempt(_buffer.AsMemory(_start, _end - _start), delimiter, _ended);
            switch (attempt.Parse())
            {
                case CsvOutcome.Row:
                    var row = new CsvRow(_line, attempt.Cells);
                    _start += attempt.Length;
                    _line += attempt.Lines;
                    return row;
                case CsvOutcome.More when _end - _start < MostChars:
                    await FillAsync(ct);
                    break;
                case CsvOutcome.More:
                    return await SkipAsync($"A row is longer than {MostChars / 1_000_000} million characters, or a quote is never closed.", ct);
                case CsvOutcome.Unclosed:
                    return await SkipAsync("A quote is opened and never closed.", ct);
                case CsvOutcome.TooMany:
                    return await SkipAsync($"The row has more than {MostCells} cells.", ct);
                default:
                    return await SkipAsync("Text stands after a closing quote: double the quotes inside a quoted cell.", ct);
            }
        }
    }

    private async ValueTask<CsvRow> SkipAsync(string fault, CancellationToken ct)
    {
        var line = _line++;
        string? text = null;
        while (true)
        {
            var rest = _buffer.AsMemory(_start, _end - _start);
            var at = rest.Span.IndexOfAny('\r', '\n');
            text ??= new string(rest.Span[..Math.Min(at < 0 ? rest.Length : at, 1_000)]);
            if (at >= 0)
            {
                _start += at + 1;
                if (rest.Span[at] == '\r' && (_start < _end || await FillAsync(ct)) && _buffer[_start] == '\n')
                    _start++;
                return new CsvRow(line, [text], fault);
            }

            _start = _end;
            if (!await FillAsync(ct))
                return new CsvRow(line, [text], fault);
        }
    }

    private async ValueTask<bool> FillAsync(CancellationToken ct)
    {
        if (_ended)
            return false;
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_end, _start) = (_end - _start, 0);
        }

        if (_end == _buffer.Length)
            Array.Resize(ref _buffer, _buffer.Length * 2);
        var read = await reader.ReadAsync(_buffer.AsMemory(_end), ct);
        _ended = read == 0;
        _end += read;
        return read > 0;
    }
}
