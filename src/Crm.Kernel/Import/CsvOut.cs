using System.Text;

namespace Crm.Kernel.Import;

/// <summary>Writes rows as comma-separated text (RFC 4180), with the mark by which spreadsheets know UTF-8.</summary>
internal sealed class CsvOut(Stream stream) : IAsyncDisposable
{
    private static readonly char[] _quoted = [',', '"', '\r', '\n'];
    private readonly StreamWriter _writer = new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), 1 << 16);
    private readonly StringBuilder _line = new();

    public async Task WriteAsync(IEnumerable<string> cells, CancellationToken ct)
    {
        _line.Clear();
        foreach (var cell in cells)
        {
            if (_line.Length > 0)
                _line.Append(',');
            if (cell.Length == 0 || cell.IndexOfAny(_quoted) >= 0 || cell[0] == ' ' || cell[^1] == ' ')
                _line.Append('"').Append(cell.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
            else
                _line.Append(cell);
        }

        _line.Append("\r\n");
        await _writer.WriteAsync(_line, ct);
    }

    public async ValueTask DisposeAsync()
    {
        await _writer.FlushAsync();
        await _writer.DisposeAsync();
    }
}
