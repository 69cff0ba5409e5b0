using Crm.EndToEnd.Tests.Browsing;
using Crm.EndToEnd.Tests.Pages;
using static Microsoft.Playwright.Assertions;

namespace Crm.EndToEnd.Tests.Journeys;

/// <summary>A contact is logged in seconds, and its next step is not forgotten.</summary>
[Collection(OneBrowser.Name)]
public sealed class ContactTests(Chromium chromium, FurnishedHost host) : IClassFixture<FurnishedHost>
{
    [BrowserFact]
    [Trait("F", "20")]
    [Trait("F", "22")]
    public async Task A_call_is_logged_on_the_customers_page_and_its_next_step_stands_in_my_day()
    {
        await host.FurnishAsync();
        await using var visitor = await Visitor.SignedInAsync(chromium, host, "admin");
        var page = visitor.Page;
        await visitor.GoAsync(host.Person);
        await page.ClickAsync(".compose-kinds >> text=Log a contact");
        await page.FillAsync("#subject", "Asked for a larger barrel");
        await page.FillAsync("#next", "Send the price of the barrel");
        await page.ClickAsync(".quick-days >> text=Tomorrow");
        await page.PressAsync("#subject", "Control+Enter");
        await Expect(page.Locator("#story-box")).ToContainTextAsync("Asked for a larger barrel");
        await Expect(page.Locator("#subject")).ToHaveValueAsync("");

        await visitor.GoAsync("/");
        var task = page.Locator(".tiles li", new() { HasText = "Send the price of the barrel" });
        await Expect(task).ToBeVisibleAsync();
    }

    [BrowserFact]
    [Trait("F", "20")]
    public async Task A_key_opens_the_log_from_anywhere_and_what_is_missing_stands_at_its_field()
    {
        await host.FurnishAsync();
        await using var visitor = await Visitor.SignedInAsync(chromium, host, "admin");
        var page = visitor.Page;
        await visitor.GoAsync("/contacts/people");
        await visitor.PressAsync("l");
        await page.WaitForURLAsync("**/activities/interactions/log");
        await visitor.ReadyAsync();
        await page.FocusAsync("#subject");
        await visitor.PressAsync("Control+Enter");
        await Expect(page.Locator("#subject-error")).ToContainTextAsync("what it was about");
    }
}
