using Crm.Kernel.Import;

namespace Crm.Kernel.Tests.Import;

public sealed class CsvTextTests
{
    [Fact]
    public async Task Quoted_cells_keep_delimiters_quotes_and_line_ends()
    {
        var rows = await ReadAsync("a,b\r\n\"x, \"\"y\"\"\nz\",2\r\n\r\n3,4");
        Assert.Equal([["a", "b"], ["x, \"y\"\nz", "2"], ["3", "4"]], rows.Select(r => r.Cells));
        Assert.Equal([1, 2, 5], rows.Select(r => r.Line));
    }

    [Fact]
    public async Task A_missing_quote_costs_its_own_row_alone()
    {
        var rows = await ReadAsync("a,b\n1,\"one\n2,\"two\"\n3,three\n");
        Assert.Equal(["1,\"one"], rows[1].Cells);
        Assert.NotNull(rows[1].Fault);
        Assert.Equal(["2", "two"], rows[2].Cells);
        Assert.Equal(3, rows[2].Line);
        Assert.Equal(["3", "three"], rows[3].Cells);
    }

    [Fact]
    public async Task A_quote_that_is_never_closed_is_named_by_its_line()
    {
        var rows = await ReadAsync("a,b\n1,\"one\n2,two\n");
        Assert.Equal(2, rows[1].Line);
        Assert.NotNull(rows[1].Fault);
        Assert.Equal(["2", "two"], rows[2].Cells);
    }

    [Fact]
    public async Task A_cell_of_ten_million_characters_is_read()
    {
        var rows = await ReadAsync($"a,b\n1,\"{new string('x', 10_000_000)}\"\n2,two\n");
        Assert.Equal(10_000_000, rows[1].Cells[1].Length);
        Assert.Equal(["2", "two"], rows[2].Cells);
    }

    [Fact]
    public async Task A_line_longer_than_memory_should_hold_is_passed_over()
    {
        var rows = await ReadAsync($"a,b\n1,{new string('x', 20_000_000)}\n2,two\n");
        Assert.NotNull(rows[1].Fault);
        Assert.True(rows[1].Cells[0].Length <= 1_000);
        Assert.Equal(["2", "two"], rows[2].Cells);
        Assert.Equal(3, rows[2].Line);
    }

    [Fact]
    public async Task Ten_thousand_cells_are_a_fault_of_their_row()
    {
        var rows = await ReadAsync($"a,b\n{new string(',', 10_000)}\n2,two\n");
        Assert.NotNull(rows[1].Fault);
        Assert.Equal(["2", "two"], rows[2].Cells);
    }

    [Fact]
    public async Task What_is_written_is_read_back()
    {
        var random = new Random(4711);
        const string Signs = "ab ,;\"\r\n\tā一";
        var written = Enumerable.Range(0, 500).Select(_ => Enumerable.Range(0, 4)
            .Select(_ => new string([.. Enumerable.Range(0, random.Next(6)).Select(_ => Signs[random.Next(Signs.Length)])])).Prepend("x").ToArray()).ToList();
        using var stream = new MemoryStream();
        await using (var csv = new CsvOut(stream, isExact: true))
        {
            foreach (var row in written)
                await csv.WriteAsync(row, default);
        }

        var text = System.Text.Encoding.UTF8.GetString(stream.ToArray()).TrimStart('\uFEFF');
        var read = await ReadAsync(text, slow: true);
        Assert.Equal(written, read.Select(r => r.Cells.ToArray()));
    }

    private static async Task<List<CsvRow>> ReadAsync(string text, bool slow = false)
    {
        var csv = new CsvText(slow ? new SlowReader(text) : new StringReader(text), ',');
        var rows = new List<CsvRow>();
        while (await csv.NextAsync(default) is { } row)
            rows.Add(row);
        return rows;
    }

    /// <summary>Gives a few characters at a time, so that every place is once the end of what was read.</summary>
    private sealed class SlowReader(string text) : StringReader(text)
    {
        private int _count;

        public override ValueTask<int> ReadAsync(Memory<char> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, 1 + (_count++ % 3))], cancellationToken);
    }
}
