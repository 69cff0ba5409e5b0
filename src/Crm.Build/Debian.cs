namespace Crm.Build;

/// <summary>Installs packages on Debian and its children, where we are root; elsewhere it only says what to install.</summary>
internal sealed class Debian
{
    private ShellAnswer? _updated;

    public static bool CanInstall => OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess && Shell.Find("apt-get") is not null;

    /// <summary>Null when the packages are in, else one line that says why not.</summary>
    public async Task<string?> InstallAsync(IReadOnlyList<string> packages, CancellationToken ct)
    {
        var names = string.Join(' ', packages);
        if (!CanInstall) return $"install it (Debian: apt-get install {names})";
        Console.WriteLine($"        installing {names} …");
        _updated ??= await AskAptAsync(["update"], ct);
        var installed = await AskAptAsync(["install", "-y", "--no-install-recommends", .. packages], ct);
        return installed.Worked ? null : $"apt-get install {names} failed: {installed.LastLine}";
    }

    private static Task<ShellAnswer> AskAptAsync(IEnumerable<string> args, CancellationToken ct) =>
        Shell.AskAsync("apt-get", args, ct, ("DEBIAN_FRONTEND", "noninteractive"));
}
