using System.Globalization;
using System.Text;

namespace Crm.Benchmarks;

/// <summary>The one table.</summary>
internal sealed class BenchTable
{
    private readonly StringBuilder _rows = new();

    /// <summary>Adds times of one operation, in milliseconds.</summary>
    /// <param name="work">The server's processor time for each, in milliseconds; null where it isn't the server's.</param>
    /// <param name="target">The most that the 95th percentile may be; null where none is set.</param>
    public void Times(string operation, IReadOnlyCollection<double> times, double? work, double? target)
    {
        var sorted = times.Order().ToList();
        if (sorted.Count == 0)
        {
            Row(operation, "–", "–", "–", "–", target is null ? "–" : Milliseconds(target.Value), "not measured");
            return;
        }

        var p95 = At(sorted, 0.95);
        Row($"{operation} ({sorted.Count.ToString("N0", CultureInfo.InvariantCulture)} requests)", Milliseconds(At(sorted, 0.5)), Milliseconds(p95), Milliseconds(At(sorted, 0.99)), work is null ? "–" : Milliseconds(work.Value), target is null ? "–" : $"p95 ≤ {Milliseconds(target.Value)}", target is null ? "–" : Met(p95 <= target));
    }

    /// <summary>Adds a single measure.</summary>
    public void One(string operation, string value, string target, bool? isMet) =>
        Row(operation, value, "–", "–", "–", target, isMet is { } met ? Met(met) : "–");

    public override string ToString() =>
        $"| operation | p50 | p95 | p99 | processor | target | met |\n| --- | --- | --- | --- | --- | --- | --- |\n{_rows}";

    private static string Met(bool met) => met ? "yes" : "**no**";

    private static string Milliseconds(double time) => string.Create(CultureInfo.InvariantCulture, $"{time:0.0} ms");

    private static double At(List<double> sorted, double part) => sorted[Math.Max(0, (int)Math.Ceiling(sorted.Count * part) - 1)];

    private void Row(params ReadOnlySpan<string> cells)
    {
        _rows.Append("| ");
        _rows.AppendJoin(" | ", cells);
        _rows.Append(" |\n");
    }
}
