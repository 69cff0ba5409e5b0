namespace Crm.EndToEnd.Tests.Browsing;

/// <summary>The browser of this machine. Playwright's own download would need the internet.</summary>
internal static class InstalledBrowser
{
    public const string Missing = "No browser here: install Chromium, or say in CRM_BROWSER where one is.";

    private static readonly string[] _places =
    [
        "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/usr/bin/microsoft-edge",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
        @"C:\Program Files\Google\Chrome\Application\chrome.exe", @"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
    ];

    public static string? Path { get; } = Environment.GetEnvironmentVariable("CRM_BROWSER") is { Length: > 0 } named
        ? named
        : Array.Find(_places, File.Exists);

    /// <summary>Where tests count, a missing browser is a failure; elsewhere they are shown as skipped.</summary>
    public static string? WhySkipped => Path is null && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI")) ? Missing : null;
}

/// <summary>A test in the browser.</summary>
public sealed class BrowserFactAttribute : FactAttribute
{
    /// <summary>Skips it where there is no browser.</summary>
    public BrowserFactAttribute() => Skip = InstalledBrowser.WhySkipped;
}

/// <summary>A test in the browser for each of several cases.</summary>
public sealed class BrowserTheoryAttribute : TheoryAttribute
{
    /// <summary>Skips it where there is no browser.</summary>
    public BrowserTheoryAttribute() => Skip = InstalledBrowser.WhySkipped;
}
