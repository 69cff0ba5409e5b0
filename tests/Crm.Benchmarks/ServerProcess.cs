using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Crm.Benchmarks;

/// <summary>The measured server: a program of its own, so that what it takes of memory and processor is its own.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan _longest = TimeSpan.FromMinutes(1);
    private readonly Process _process;
    private readonly IReadOnlyDictionary<string, string?> _settings;

    private ServerProcess(Process process, Uri address, IReadOnlyDictionary<string, string?> settings) =>
        (_process, Address, _settings) = (process, address, settings);

    public Uri Address { get; }

    /// <summary>Seconds from its start to the first page that it answered.</summary>
    public double Started { get; private set; }

    /// <summary>Processor time so far.</summary>
    public TimeSpan Worked => Fresh().TotalProcessorTime;

    /// <summary>The most memory that it has had so far, in MB.</summary>
    public long PeakMemory => Fresh().PeakWorkingSet64 / (1 << 20);

    public static async Task<ServerProcess> StartAsync(IReadOnlyDictionary<string, string?> settings)
    {
        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort()}"));
        var began = Stopwatch.GetTimestamp();
        var process = Launch(settings, ["--urls", address.OriginalString]);
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        var server = new ServerProcess(process, address, settings);
        try
        {
            await server.WaitAsync(process.StandardError.ReadToEndAsync());
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }

        server.Started = Stopwatch.GetElapsedTime(began).TotalSeconds;
        return server;
    }

    /// <summary>Runs a command, which goes through the server, and gives what it printed.</summary>
    public async Task<string> RunAsync(params string[] command)
    {
        using var process = Launch(_settings, command);
        var fault = process.StandardError.ReadToEndAsync();
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? said : throw new InvalidOperationException($"'{command[0]}' ends with {process.ExitCode}: {await fault}");
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static Process Launch(IReadOnlyDictionary<string, string?> settings, string[] words)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "crm.dll"), .. words])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in settings)
            start.Environment["CRM__" + name.Replace(":", "__", StringComparison.Ordinal)] = value;
        return Process.Start(start)!;
    }

    private Process Fresh()
    {
        _process.Refresh();
        return _process;
    }

    private async Task WaitAsync(Task<string> fault)
    {
        using var http = new HttpClient { BaseAddress = Address };
        var began = Stopwatch.GetTimestamp();
        while (!await AnswersAsync(http))
        {
            if (_process.HasExited)
                throw new InvalidOperationException($"The server does not start: {await fault}");
            if (Stopwatch.GetElapsedTime(began) > _longest)
                throw new InvalidOperationException("The server does not answer.");
            await Task.Delay(10);
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
