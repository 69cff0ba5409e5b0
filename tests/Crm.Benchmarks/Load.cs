using System.Collections.Concurrent;
using System.Diagnostics;

namespace Crm.Benchmarks;

/// <summary>Several users at once, each of whom asks again as soon as he is answered.</summary>
internal sealed class Load(int users, TimeSpan time)
{
    private static readonly TimeSpan _warm = TimeSpan.FromSeconds(5);

    private int _asked;

    /// <summary>How often something was done in the last run, warming up included.</summary>
    public int Asked => _asked;

    /// <summary>Runs for the time and gives the milliseconds of each operation by its name. Five seconds before it warm up and aren't counted.</summary>
    /// <param name="operation">Told the user and his turn; does the thing and gives its name.</param>
    public async Task<Dictionary<string, List<double>>> RunAsync(Func<int, int, Task<string>> operation, CancellationToken ct = default)
    {
        var took = new ConcurrentBag<(string Name, double Time)>();
        _asked = 0;
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, users).Select(user => Task.Run(
            async () =>
            {
                for (var turn = 0; !ct.IsCancellationRequested && Stopwatch.GetElapsedTime(started) < _warm + time; turn++)
                {
                    var begun = Stopwatch.GetTimestamp();
                    var name = await operation(user, turn);
                    Interlocked.Increment(ref _asked);
                    var elapsed = Stopwatch.GetElapsedTime(begun);
                    if (Stopwatch.GetElapsedTime(started, begun) >= _warm)
                        took.Add((name, elapsed.TotalMilliseconds));
                }
            },
            CancellationToken.None)));
        return took.GroupBy(t => t.Name, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Select(t => t.Time).ToList(), StringComparer.Ordinal);
    }
}
