using Crm.EndToEnd.Tests.Browsing;
using Crm.Kernel.Setup;
using Crm.Testing;
using Microsoft.Extensions.DependencyInjection;
using static Microsoft.Playwright.Assertions;

namespace Crm.EndToEnd.Tests.Journeys;

/// <summary>A server that nobody has set up yet.</summary>
public sealed class NewHost : SqliteHost
{
    /// <inheritdoc/>
    protected override Task SeedAsync() => Task.CompletedTask;
}

/// <summary>The first minutes with a new server.</summary>
[Collection(OneBrowser.Name)]
public sealed class FirstStartTests(Chromium chromium, NewHost host) : IClassFixture<NewHost>
{
    [BrowserFact]
    [Trait("F", "90")]
    public async Task Who_has_the_code_sets_a_new_server_up_and_is_signed_in()
    {
        await using var visitor = await Visitor.AtAsync(chromium, host);
        var page = visitor.Page;
        await visitor.GoAsync("/");
        Assert.EndsWith("/setup", page.Url, StringComparison.Ordinal);
        Assert.Equal("Germany", await page.Locator("[name='Input.Country'] option[value=DE]").InnerTextAsync());
        Assert.Empty(await Accessibility.FaultsAsync(page));
        await page.FillAsync("[name='Input.Code']", host.Services.GetRequiredService<SetupCode>().Text);
        await page.FillAsync("[name='Input.Name']", "Ieva Kalniņa");
        await page.FillAsync("[name='Input.Email']", "ieva@example.org");
        await page.FillAsync("[name='Input.Password']", People.Password);
        await page.FillAsync("[name='Input.SiteName']", "Kalniņa and daughters");
        await visitor.PressAsync("Control+Enter");
        await Expect(page.Locator(".page-top-title")).ToHaveTextAsync("My day");
        await Expect(page.Locator(".brand-name")).ToHaveTextAsync("Kalniņa and daughters");
        await Expect(page.Locator(".page-top-sub")).ToContainTextAsync("Ieva Kalniņa");
    }
}
