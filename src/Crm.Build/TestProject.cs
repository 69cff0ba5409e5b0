namespace Crm.Build;

/// <summary>One project of tests.</summary>
internal sealed record TestProject(string Path)
{
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>A project that drives a browser wants both cores for itself: under load its waits would run out.</summary>
    public bool DrivesBrowser => File.ReadAllText(Path).Contains("Microsoft.Playwright", StringComparison.OrdinalIgnoreCase);
}
