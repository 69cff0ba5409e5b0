using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Crm.Testing;

/// <summary>The server as a program of its own, on data that is there: it can be killed as a machine's end would.</summary>
public sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan _longest = TimeSpan.FromMinutes(2);
    private readonly Process _process;
    private readonly StringBuilder _said = new();

    private ServerProcess(Process process, Uri address)
    {
        (_process, Address) = (process, address);
        _process.OutputDataReceived += (_, line) => Note(line.Data);
        _process.ErrorDataReceived += (_, line) => Note(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>True once it ended, by itself or not.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>The most memory that it held.</summary>
    public long PeakBytes
    {
        get
        {
            _process.Refresh();
            return _process.PeakWorkingSet64;
        }
    }

    /// <summary>Starts it; it may not answer yet.</summary>
    /// <param name="settings">The settings; later ones count.</param>
    public static ServerProcess Start(params IEnumerable<KeyValuePair<string, string?>>[] settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort()}");
        var start = Command(settings, "--urls", url);
        return new ServerProcess(Process.Start(start)!, new Uri(url));
    }

    /// <summary>Runs a command to its end; gives how it ended and what it said.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="words">The command.</param>
    public static async Task<(int Code, string Said)> RunAsync(IEnumerable<KeyValuePair<string, string?>> settings, params string[] words)
    {
        using var process = Process.Start(Command([settings], words))!;
        var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, string.Join('\n', said));
    }

    /// <summary>Waits for its first page; false where it ended before.</summary>
    public async Task<bool> AnswersAsync()
    {
        using var http = new HttpClient { BaseAddress = Address };
        for (var started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started) < _longest;)
        {
            if (HasExited)
                return false;
            if (await AnswersAsync(http))
                return true;
            await Task.Delay(10);
        }

        throw new TimeoutException($"The server does not answer: {this}");
    }

    /// <summary>Waits for its end.</summary>
    public async Task EndAsync()
    {
        using var limit = new CancellationTokenSource(_longest);
        await _process.WaitForExitAsync(limit.Token);
    }

    /// <summary>Ends it with no goodbye.</summary>
    public async Task KillAsync()
    {
        if (!HasExited)
            _process.Kill();
        await EndAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        lock (_said)
            return _said.ToString();
    }

    private static ProcessStartInfo Command(IEnumerable<IEnumerable<KeyValuePair<string, string?>>> settings, params string[] words)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "crm.dll"), .. words])
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var (name, value) in settings.SelectMany(s => s))
            start.Environment["CRM__" + name.Replace(":", "__", StringComparison.Ordinal)] = value;
        return start;
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

    private void Note(string? line)
    {
        lock (_said)
            _said.AppendLine(line);
    }
}
