namespace Crm.Build;

/// <summary>A font with Han signs: without one, screenshots and PDF files of Chinese, Japanese and Korean text show boxes.</summary>
internal sealed class CjkFonts(Debian debian)
{
    public async Task<Need> EnsureAsync(CancellationToken ct)
    {
        if (!OperatingSystem.IsLinux()) return new Need("CJK fonts", true, "the system's own");
        if (await FindAsync(ct) is { } found) return found;
        var problem = await debian.InstallAsync(["fontconfig", "fonts-noto-cjk"], ct);
        if (problem is null && await FindAsync(ct) is { } installed) return installed;
        return new Need("CJK fonts", false, problem ?? "fonts-noto-cjk was installed but fc-list does not name it");
    }

    private static async Task<Need?> FindAsync(CancellationToken ct)
    {
        var answer = await Shell.AskAsync("fc-list", [":lang=zh", "family"], ct);
        return answer.Worked && answer.Text.Trim().Length > 0
            ? new Need("CJK fonts", true, answer.Text.TrimStart().Split('\n', ',')[0].Trim())
            : null;
    }
}
