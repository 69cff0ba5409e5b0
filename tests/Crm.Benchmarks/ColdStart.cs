using System.Diagnostics;
using Crm.Testing;

namespace Crm.Benchmarks;

/// <summary>Starts the server as a program of its own on the data that is there, until its first page is answered.</summary>
internal static class ColdStart
{
    public static async Task<(double Seconds, long Bytes)> MeasureAsync(IReadOnlyDictionary<string, string?> settings)
    {
        var started = Stopwatch.GetTimestamp();
        await using var server = ServerProcess.Start(settings);
        return await server.AnswersAsync()
            ? (Stopwatch.GetElapsedTime(started).TotalSeconds, server.PeakBytes)
            : throw new InvalidOperationException($"The server does not start: {server}");
    }
}
