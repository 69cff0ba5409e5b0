namespace Crm.Build;

/// <summary>The browser that page tests drive: CRM_BROWSER, else the machine's own, else one from the package manager.</summary>
internal sealed class Browser(Debian debian)
{
    public const string Variable = "CRM_BROWSER";

    private static readonly string[] _onPath = ["chromium", "google-chrome", "google-chrome-stable", "chromium-browser", "microsoft-edge", "msedge"];

    public async Task<Need> EnsureAsync(CancellationToken ct)
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
        {
            return File.Exists(named)
                ? new Need("browser", true, $"{named} ({Variable})", named)
                : new Need("browser", false, $"{Variable} names {named}, which is not there");
        }

        if (await FindAsync(ct) is { } found) return found;
        var problem = await debian.InstallAsync(["chromium"], ct);
        if (problem is null && await FindAsync(ct) is { } installed) return installed;
        return new Need("browser", false, problem ?? "chromium was installed but does not start");
    }

    private static async Task<Need?> FindAsync(CancellationToken ct)
    {
        foreach (var path in Candidates().Where(File.Exists))
        {
            // On Windows the question for its version would open a window; elsewhere it shows that the program really starts.
            if (OperatingSystem.IsWindows()) return new Need("browser", true, path, path);
            var answer = await Shell.AskAsync(path, ["--version"], ct);
            if (answer.Worked) return new Need("browser", true, $"{path} ({answer.LastLine})", path);
        }

        return null;
    }

    private static IEnumerable<string> Candidates()
    {
        foreach (var program in _onPath)
        {
            if (Shell.Find(program) is { } path) yield return path;
        }

        yield return "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";
        yield return "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge";
        foreach (var folder in new[] { Environment.SpecialFolder.ProgramFiles, Environment.SpecialFolder.ProgramFilesX86, Environment.SpecialFolder.LocalApplicationData })
        {
            var programs = Environment.GetFolderPath(folder);
            yield return Path.Combine(programs, "Google", "Chrome", "Application", "chrome.exe");
            yield return Path.Combine(programs, "Microsoft", "Edge", "Application", "msedge.exe");
        }
    }
}
