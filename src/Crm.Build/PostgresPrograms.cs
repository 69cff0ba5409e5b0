namespace Crm.Build;

/// <summary>The folder with initdb, pg_ctl and postgres: a client alone is no server.</summary>
internal sealed class PostgresPrograms(Debian debian)
{
    public async Task<Need> EnsureAsync(CancellationToken ct)
    {
        if (await FindAsync(ct) is { } found) return found;
        var problem = await debian.InstallAsync(["postgresql"], ct);
        if (problem is null && await FindAsync(ct) is { } installed) return installed;
        return new Need("PostgreSQL", false, problem ?? "postgresql was installed but initdb is nowhere");
    }

    private static async Task<Need?> FindAsync(CancellationToken ct)
    {
        var ending = OperatingSystem.IsWindows() ? ".exe" : "";
        var folder = Folders().FirstOrDefault(folder =>
            File.Exists(Path.Combine(folder, "initdb" + ending)) && File.Exists(Path.Combine(folder, "pg_ctl" + ending)));
        if (folder is null) return null;
        var answer = await Shell.AskAsync(Path.Combine(folder, "initdb"), ["--version"], ct);
        return answer.Worked ? new Need("PostgreSQL", true, $"{folder} ({answer.LastLine})", folder) : null;
    }

    private static IEnumerable<string> Folders()
    {
        if (Shell.Find("initdb") is { } onPath)
        {
            // A link on the path stands for a folder that has the other programs too.
            var real = File.ResolveLinkTarget(onPath, returnFinalTarget: true)?.FullName ?? onPath;
            yield return Path.GetDirectoryName(real)!;
        }

        string[] homes =
        [
            "/usr/lib/postgresql", "/opt/homebrew/opt", "/usr/local/opt",
            Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), "PostgreSQL"),
        ];
        foreach (var home in homes.Where(Directory.Exists))
        {
            // The newest first, by number: "9.6" is older than "15".
            foreach (var version in Directory.EnumerateDirectories(home).OrderByDescending(VersionOf))
                yield return Path.Combine(version, "bin");
        }
    }

    private static double VersionOf(string folder) =>
        double.TryParse(Path.GetFileName(folder).Split('@')[^1], System.Globalization.CultureInfo.InvariantCulture, out var version) ? version : 0;
}
