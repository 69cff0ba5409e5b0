using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Crm.Testing;

/// <summary>
/// The PostgreSQL that tests run on: the one that CRM_TEST_POSTGRES names (a maintenance database), else one of the
/// tests' own on loopback, which ends with them. Where neither is possible the tests fail and say what is missing.
/// </summary>
internal static class PostgresServer
{
    private static readonly Lazy<Task<string>> _started = new(StartAsync);

    public static Task<string> Started => _started.Value;

    private static async Task<string> StartAsync()
    {
        if (Environment.GetEnvironmentVariable("CRM_TEST_POSTGRES") is { Length: > 0 } given)
            return given;
        var folder = Directory.CreateTempSubdirectory("crm-postgres-").FullName;
        var data = Path.Combine(folder, "data");
        if (Environment.IsPrivilegedProcess)
            await RunAsync("chown", "postgres", folder);
        await RunAsync(Program("initdb"), "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync");
        var port = FreePort();
        // No durability: the cluster lives as long as the tests.
        var server = Launch(
            Program("postgres"), "-D", data, "-p", $"{port}", "-h", "127.0.0.1", "-k", folder,
            "-c", "fsync=off", "-c", "full_page_writes=off");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Stop(server, folder);
        var connection = $"Host=127.0.0.1;Port={port};Username=postgres;Database=postgres";
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await using var test = new NpgsqlConnection(connection);
                await test.OpenAsync();
                return connection;
            }
            catch (NpgsqlException) when (attempt < 100 && !server.HasExited)
            {
                await Task.Delay(100);
            }
        }
    }

    private static void Stop(Process server, string folder)
    {
        // The server's own children end with it.
        server.Kill(entireProcessTree: true);
        server.WaitForExit(5_000);
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (IOException)
        {
            // A file may still be held; the system's own clean-up takes the folder.
        }
    }

    private static string Program(string name) =>
        new[] { Environment.GetEnvironmentVariable("PGBIN") ?? "" }
            .Concat(Installed())
            .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
            .Where(p => p.Length > 0)
            .Select(p => Path.Combine(p, OperatingSystem.IsWindows() ? name + ".exe" : name))
            .FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException(
            $"PostgreSQL's {name} is not installed; set CRM_TEST_POSTGRES to a server's maintenance database.");

    private static IEnumerable<string> Installed()
    {
        const string root = "/usr/lib/postgresql";
        return Directory.Exists(root)
            ? Directory.GetDirectories(root).OrderDescending(StringComparer.Ordinal).Select(d => Path.Combine(d, "bin"))
            : [];
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Launch(program, arguments);
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} ended with {process.ExitCode}.");
    }

    // PostgreSQL refuses to run as root.
    private static Process Launch(string program, params string[] arguments)
    {
        var asPostgres = Environment.IsPrivilegedProcess && !OperatingSystem.IsWindows() && program != "chown";
        var start = asPostgres
            ? new ProcessStartInfo("setpriv", ["--reuid=postgres", "--regid=postgres", "--init-groups", "--", program, .. arguments])
            : new ProcessStartInfo(program, arguments);
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.WorkingDirectory = Path.GetTempPath();
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
