namespace Crm.Build;

/// <summary>The last resort for a browser: Playwright's own download, which its package brings along once the tests are built.</summary>
internal sealed class PlaywrightBrowser(SourceTree tree)
{
    /// <summary>What came of it, or null where there is nothing to ask: no such test project, or somebody named a browser himself.</summary>
    public async Task<Need?> InstallAsync(CancellationToken ct)
    {
        if (Environment.GetEnvironmentVariable(Browser.Variable) is { Length: > 0 } || FindDriver() is not var (node, script)) return null;
        Console.WriteLine("        asking Playwright for a browser …");
        var answer = await Shell.AskAsync(node, [script, "install", "chromium"], ct);
        return answer.Worked
            ? new Need("browser", true, "Playwright's own Chromium")
            : new Need("browser", false, $"none was found or installed, and Playwright's installer failed: {answer.LastLine}");
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
