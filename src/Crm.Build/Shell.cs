using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Crm.Build;

/// <summary>Runs other programs; a cancelled one is ended with its children.</summary>
internal static class Shell
{
    /// <summary>Its output goes where ours goes.</summary>
    public static async Task<int> ShowAsync(string program, IEnumerable<string> args, string folder, CancellationToken ct)
    {
        using var process = new Process { StartInfo = new ProcessStartInfo(program, args) { WorkingDirectory = folder, UseShellExecute = false } };
        if (!Started(process)) return NotThere;
        await EndAsync(process, ct);
        return process.ExitCode;
    }

    /// <summary>Its output comes back, and is never waited for longer than the program lives.</summary>
    public static async Task<ShellAnswer> AskAsync(string program, IEnumerable<string> args, CancellationToken ct, params (string Name, string Value)[] environment)
    {
        // In the temporary folder, because a program run as another user may not be allowed to see ours.
        var start = new ProcessStartInfo(program, args)
        {
            WorkingDirectory = Path.GetTempPath(),
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var process = new Process { StartInfo = start };
        var text = new StringBuilder();
        void Keep(object sender, DataReceivedEventArgs line)
        {
            if (line.Data is null) return;
            lock (text) text.AppendLine(line.Data);
        }

        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        if (!Started(process)) return new ShellAnswer(NotThere, $"{program} is not there.");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await EndAsync(process, ct);
        lock (text) return new ShellAnswer(process.ExitCode, text.ToString());
    }

    /// <summary>The full path of a program on the PATH, or null.</summary>
    public static string? Find(string program)
    {
        string[] endings = OperatingSystem.IsWindows() ? [".exe", ".cmd"] : [""];
        return (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => endings.Select(ending => Path.Combine(folder, program + ending)))
            .FirstOrDefault(File.Exists);
    }

    private const int NotThere = 127;

    private static bool Started(Process process)
    {
        try
        {
            return process.Start();
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    private static async Task EndAsync(Process process, CancellationToken ct)
    {
        try
        {
            await process.WaitForExitAsync(ct);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}
