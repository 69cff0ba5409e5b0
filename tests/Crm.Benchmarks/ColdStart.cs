using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Crm.Benchmarks;

/// <summary>Starts the server as a program of its own on the data that is there, until its first page is answered.</summary>
internal static class ColdStart
{
    private static readonly TimeSpan _longest = TimeSpan.FromMinutes(1);

    public static async Task<(double Seconds, long Bytes)> MeasureAsync(IReadOnlyDictionary<string, string?> settings)
    {
        var url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort()}");
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "crm.dll"), "--urls", url])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in settings)
            start.Environment["CRM__" + name.Replace(":", "__", StringComparison.Ordinal)] = value;
        var started = Stopwatch.GetTimestamp();
        using var server = Process.Start(start)!;
        server.OutputDataReceived += (_, _) => { };
        server.BeginOutputReadLine();
        var fault = server.StandardError.ReadToEndAsync();
        using var http = new HttpClient { BaseAddress = new Uri(url) };
        try
        {
            while (!await AnswersAsync(http))
            {
                if (server.HasExited)
                    throw new InvalidOperationException($"The server does not start: {await fault}");
                if (Stopwatch.GetElapsedTime(started) > _longest)
                    throw new InvalidOperationException("The server does not answer.");
                await Task.Delay(10);
            }

            server.Refresh();
            return (Stopwatch.GetElapsedTime(started).TotalSeconds, server.PeakWorkingSet64);
        }
        finally
        {
            if (!server.HasExited)
                server.Kill();
            await server.WaitForExitAsync();
        }
    }

    private static async Task<bool> AnswersAsync(HttpClient http)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri("/login", UriKind.Relative));
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
