using System.Collections.Concurrent;
using System.Diagnostics;

namespace Crm.Benchmarks;

/// <summary>Several users at once, each of whom asks again as soon as he is answered.</summary>
/// <param name="worked">Processor time of the server so far.</param>
internal sealed class Load(int users, TimeSpan time, Func<TimeSpan>? worked = null)
{
    private static readonly TimeSpan _warm = TimeSpan.FromSeconds(15);

    private int _asked;

    /// <summary>What the server worked for each operation of the last run, in milliseconds; warming up isn't counted.</summary>
    public double Each { get; private set; }

    /// <summary>Runs for the time and gives the milliseconds of each operation by its name. A quarter of a minute before it warms up and isn't counted.</summary>
    /// <param name="operation">Told the user and his turn; does the thing and gives its name.</param>
    public async Task<Dictionary<string, List<double>>> RunAsync(Func<int, int, Task<string>> operation, CancellationToken ct = default)
    {
        var took = new ConcurrentBag<(string Name, double Time)>();
        _asked = 0;
        var started = Stopwatch.GetTimestamp();
        var warm = WarmAsync(ct);
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
        var (before, asked) = await warm;
        Each = ((worked?.Invoke() ?? default) - before).TotalMilliseconds / Math.Max(1, _asked - asked);
        return took.GroupBy(t => t.Name, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Select(t => t.Time).ToList(), StringComparer.Ordinal);
    }

    private async Task<(TimeSpan Worked, int Asked)> WarmAsync(CancellationToken ct)
    {
        await Task.Delay(_warm, ct).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        return (worked?.Invoke() ?? default, _asked);
    }
}
