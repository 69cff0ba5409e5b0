using Crm.Testing;
using Microsoft.Playwright;

namespace Crm.EndToEnd.Tests.Browsing;

/// <summary>One running browser for all tests; each visitor has a profile of his own in it.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] _arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>The browser.</summary>
    public IBrowser Browser => _browser ?? throw new InvalidOperationException(InstalledBrowser.Missing);

    /// <summary>Cookies of who signed in where.</summary>
    internal Dictionary<(CrmHost Host, string Name), string> Remembered { get; } = [];

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        // Two busy cores answer later than the five seconds that Playwright waits.
        Assertions.SetDefaultExpectTimeout(20_000);
        // The tests say what is missing: here it would read like a fault of the fixture.
        if (InstalledBrowser.Path is not { } path)
            return;
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Args = _arguments });
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}

/// <summary>Lets all test classes share the browser.</summary>
[CollectionDefinition(Name)]
public sealed class OneBrowser : ICollectionFixture<Chromium>
{
    /// <summary>The name that a test class gives.</summary>
    public const string Name = "browser";
}
