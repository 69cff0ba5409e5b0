using System.Text;
using Crm.Abstractions.Pages;

namespace Crm.Kernel.Import;

/// <summary>Writes rows as comma-separated text, with the mark by which spreadsheets know UTF-8.</summary>
/// <param name="isExact">The values stand as they are: for files that programs read again. Where people open them, what would run as a formula is text.</param>
internal sealed class CsvOut(Stream stream, bool isExact = false) : IAsyncDisposable
{
    private readonly StreamWriter _writer = new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), 1 << 16);

    public async Task WriteAsync(IEnumerable<string> cells, CancellationToken ct) =>
        await _writer.WriteAsync((isExact ? CsvLine.Exact(cells) : CsvLine.Of(cells)).AsMemory(), ct);

    public async ValueTask DisposeAsync()
    {
        await _writer.FlushAsync();
        await _writer.DisposeAsync();
    }
}
