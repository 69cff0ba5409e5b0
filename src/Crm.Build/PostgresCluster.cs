using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Crm.Build;

/// <summary>A PostgreSQL server of our own for one test run: on loopback, without passwords, gone with its data at the end.</summary>
internal sealed class PostgresCluster : IAsyncDisposable
{
    public const string Variable = "CRM_TEST_POSTGRES";

    private readonly string _programs;
    private readonly string _home;
    private readonly string? _user;

    private PostgresCluster(string programs, string home, string? user) => (_programs, _home, _user) = (programs, home, user);

    /// <summary>For Npgsql, to the maintenance database; tests make databases of their own from there.</summary>
    public string ConnectionString { get; private set; } = "";

    private string Data => Path.Combine(_home, "data");

    private string Log => Path.Combine(_home, "server.log");

    /// <summary>The running cluster, or null and one line that says why there is none.</summary>
    public static async Task<(PostgresCluster? Cluster, string? Problem)> StartAsync(string programs, CancellationToken ct)
    {
        // The server refuses to run as root, and then so does initdb.
        var user = !OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess ? "postgres" : null;
        var cluster = new PostgresCluster(programs, Directory.CreateTempSubdirectory("crm-postgres-").FullName, user);
        try
        {
            if (await cluster.BringUpAsync(ct) is not { } problem) return (cluster, null);
            await cluster.DisposeAsync();
            return (null, problem);
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        // Without the caller's token: it is most needed when that one is cancelled.
        if (File.Exists(Path.Combine(Data, "postmaster.pid")))
            await AskAsync("pg_ctl", ["stop", "-D", Data, "-m", "immediate", "-w", "-t", "30"], CancellationToken.None);
        try
        {
            Directory.Delete(_home, recursive: true);
        }
        catch (IOException left)
        {
            await Console.Error.WriteLineAsync($"The test database's folder could not be removed: {left.Message}");
        }
    }

    private async Task<string?> BringUpAsync(CancellationToken ct)
    {
        if (_user is not null)
        {
            var owned = await Shell.AskAsync("chown", [_user, _home], ct);
            if (!owned.Worked) return $"the server does not run as root, and there is no user {_user}: {owned.LastLine}";
        }

        var locale = OperatingSystem.IsLinux() ? "C.UTF-8" : "C";
        var made = await AskAsync("initdb", ["-D", Data, "-U", "postgres", "-A", "trust", "-E", "UTF8", $"--locale={locale}", "--no-sync"], ct);
        if (!made.Worked) return $"initdb failed: {made.LastLine}";
        ShellAnswer? started = null;
        // Between finding a free port and listening on it, somebody else may take it.
        for (var attempt = 0; attempt < 3 && started is not { Worked: true }; attempt++)
            started = await ListenAsync(FreePort(), ct);
        return started is { Worked: true } ? null : $"the server did not start: {LastOfLog() ?? started?.LastLine}";
    }

    private async Task<ShellAnswer> ListenAsync(int port, CancellationToken ct)
    {
        // Speed instead of safety: nothing here has to survive a power cut.
        string[] settings =
        [
            "listen_addresses=127.0.0.1", $"port={port.ToString(CultureInfo.InvariantCulture)}", "unix_socket_directories=",
            "max_connections=300", "fsync=off", "synchronous_commit=off", "full_page_writes=off",
        ];
        var options = string.Join(' ', settings.Select(setting => $"-c {setting}"));
        ConnectionString = $"Host=127.0.0.1;Port={port.ToString(CultureInfo.InvariantCulture)};Username=postgres;Database=postgres";
        return await AskAsync("pg_ctl", ["start", "-D", Data, "-l", Log, "-w", "-t", "60", "-o", options], ct);
    }

    private Task<ShellAnswer> AskAsync(string program, IEnumerable<string> args, CancellationToken ct)
    {
        var path = Path.Combine(_programs, program);
        return _user is null
            ? Shell.AskAsync(path, args, ct)
            : Shell.AskAsync("runuser", ["-u", _user, "--", path, .. args], ct);
    }

    private string? LastOfLog() => File.Exists(Log) ? File.ReadLines(Log).LastOrDefault() : null;

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
