namespace Crm.Build;

/// <summary>The last resort for a browser: Playwright's own download, which its package brings along once the tests are built.</summary>
internal sealed class PlaywrightBrowser(SourceTree tree)
{
    public async Task<Need> EnsureAsync(Need missing, CancellationToken ct)
    {
        if (FindDriver() is not var (node, script)) return missing;
        Console.WriteLine("        asking Playwright for a browser …");
        var answer = await Shell.AskAsync(node, [script, "install", "chromium"], ct);
        return answer.Worked
            ? new Need("browser", true, "Playwright's own Chromium")
            : missing with { Says = $"{missing.Says}; Playwright's installer failed: {answer.LastLine}" };
    }

    private (string Node, string Script)? FindDriver()
    {
        foreach (var project in tree.TestProjects().Where(project => project.DrivesBrowser))
        {
            var output = Path.Combine(Path.GetDirectoryName(project.Path)!, "bin");
            if (!Directory.Exists(output)) continue;
            foreach (var driver in Directory.EnumerateDirectories(output, ".playwright", SearchOption.AllDirectories))
            {
                var script = Path.Combine(driver, "package", "cli.js");
                var node = Directory.EnumerateFiles(Path.Combine(driver, "node"), "node*", SearchOption.AllDirectories)
                    .FirstOrDefault(file => Path.GetFileName(file) is "node" or "node.exe");
                if (node is not null && File.Exists(script)) return (node, script);
            }
        }

        return null;
    }
}
