using Crm.Abstractions.Records;
using Crm.Kernel.Settings;

namespace Crm.Kernel.Import;

/// <summary>Looks at the beginning of a file and says what would be done with it.</summary>
internal sealed class PlanImport(IRecordTypes types, SiteSettings site)
{
    private const int SampleBytes = 1 << 20;
    private const int MostColumns = 500;

    /// <summary>Plans; the stream given back has the whole file again.</summary>
    /// <exception cref="ImportRefused">The file as a whole can't be imported.</exception>
    public async Task<(ImportPlan Plan, Stream File)> RunAsync(RecordType type, Stream file, ImportMap map, string? match, CancellationToken ct)
    {
        var sample = new byte[SampleBytes];
        var length = await file.ReadAtLeastAsync(sample, SampleBytes, throwOnEndOfStream: false, ct);
        var beginning = sample.AsMemory(0, length);
        if (length == 0)
            throw new ImportRefused("The file is empty.");
        var format = Said(await FileFormat.GuessAsync(beginning, IsBaltic(), ct), map);
        var rows = await RowsAsync(beginning, format, ct);
        var heading = rows[0];
        if (heading.Fault is not null)
            throw new ImportRefused($"The heading can't be read: {heading.Fault}");
        if (heading.Cells.Count > MostColumns)
            throw new ImportRefused($"The first line has {heading.Cells.Count} columns, at most {MostColumns} are read: is '{format.Delimiter}' the right delimiter?");
        var columns = Columns(type, heading, map);
        if (!map.IsOpen && columns.TrueForAll(c => c.Field is null))
            throw new ImportRefused($"No column of the first line ({CellText.Clip(string.Join(", ", heading.Cells))}) is a field of {type.Name}.");
        var dates = columns.Where(c => c.Field?.Kind is FieldKind.Date or FieldKind.Instant).ToList();
        var (order, isSure) = map.Order is { } said ? (said, true) : DateText.Guess(rows.Skip(1).SelectMany(r => dates.Where(d => d.Index < r.Cells.Count).Select(d => r.Cells[d.Index])));
        return (new ImportPlan(type, format, columns, order, isSure, match) { Samples = rows.Skip(1).Take(3).ToList() }, new PrefixedStream(beginning, file));
    }

    private bool IsBaltic() => site.Now.Language is ['l', 'v' or 't', ..] or ['e', 't', ..];

    private static FileFormat Said(FileFormat guessed, ImportMap map)
    {
        if (map.Encoding is { Length: > 0 } encoding)
            guessed = guessed with { Encoding = FileFormat.Named(encoding) };
        return map.Delimiter is not { Length: > 0 } delimiter ? guessed
            : guessed with { Delimiter = delimiter is "tab" or "\\t" ? '\t' : delimiter[0] };
    }

    private static async Task<List<CsvRow>> RowsAsync(ReadOnlyMemory<byte> beginning, FileFormat format, CancellationToken ct)
    {
        var rows = new List<CsvRow>();
        var text = new CsvText(new StringReader(format.Encoding.GetString(beginning.Span[format.Preamble..])), format.Delimiter);
        while (rows.Count < 1_000 && await text.NextAsync(ct) is { } row)
        {
            if (!(rows.Count == 0 && IsSeparatorLine(row)))
                rows.Add(row);
        }

        return rows.Count > 0 ? rows : throw new ImportRefused("The file has no rows.");
    }

    /// <summary>Spreadsheets may name the delimiter in a line before the heading.</summary>
    public static bool IsSeparatorLine(CsvRow row) =>
        row.Line == 1 && row.Cells[0].StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && row.Cells.Count <= 2;

    private List<ImportColumn> Columns(RecordType type, CsvRow heading, ImportMap map)
    {
        var names = new ColumnNames(type, types);
        var said = (map.Columns ?? new Dictionary<string, string>()).ToDictionary(c => HeaderText.Key(c.Key), c => c.Value);
        var columns = new List<ImportColumn>();
        foreach (var (index, cell) in heading.Cells.Index())
        {
            var header = cell.Trim();
            var column = said.TryGetValue(HeaderText.Key(header), out var target)
                ? target is { Length: > 0 } ? names.Named(target) : null
                : names.Find(header);
            columns.Add((column ?? new ImportColumn(0, "", null)) with { Index = index, Header = header });
        }

        return columns;
    }
}
