using System.Globalization;
using Crm.Abstractions.Records;

namespace Crm.Kernel.Import;

/// <summary>Writes the rows that could not be imported, with line and reason before them, so that they can be mended and imported again.</summary>
internal sealed class ImportReport(Stream stream) : IAsyncDisposable
{
    private const int LongestCell = 1_000;
    private readonly CsvOut _csv = new(stream);

    public Task BeginAsync(ImportPlan plan, CancellationToken ct) =>
        _csv.WriteAsync(["Line", "Column", "Reason", .. plan.Columns.Select(c => c.Header)], ct);

    public Task AddAsync(BadRow bad, CancellationToken ct) =>
        _csv.WriteAsync([bad.Row.Line.ToString(CultureInfo.InvariantCulture), bad.Column, bad.Reason, .. bad.Row.Cells.Select(Clean)], ct);

    public ValueTask DisposeAsync() => _csv.DisposeAsync();

    private static string Clean(string cell) =>
        PlainText.Shorten(cell, LongestCell + 1).Replace(FileFormat.BadByte, '\uFFFD').Replace("\0", "", StringComparison.Ordinal);
}
