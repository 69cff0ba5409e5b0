using Crm.EndToEnd.Tests.Browsing;
using Crm.Testing;
using static Microsoft.Playwright.Assertions;

namespace Crm.EndToEnd.Tests.Journeys;

/// <summary>The frame around every page: sign-in, colours, the phone.</summary>
[Collection(OneBrowser.Name)]
public sealed class FrameTests(Chromium chromium, SqliteHost host) : IClassFixture<SqliteHost>
{
    [BrowserFact]
    [Trait("F", "15")]
    public async Task One_signs_in_and_out_and_the_pages_are_closed_again()
    {
        await using var visitor = await Visitor.AtAsync(chromium, host);
        var page = visitor.Page;
        await visitor.GoAsync("/contacts/people");
        Assert.Contains("/login", page.Url, StringComparison.Ordinal);
        await visitor.SignInAsync("admin");
        await page.ClickAsync(".face-btn");
        await page.ClickAsync("form[action$='/logout'] button");
        await Expect(page.Locator("h1")).ToHaveTextAsync("Sign in");
        await visitor.GoAsync("/contacts/people");
        Assert.Contains("/login", page.Url, StringComparison.Ordinal);
    }

    [BrowserFact]
    public async Task Dark_stays_dark_on_the_next_page_and_in_the_next_browser()
    {
        await new People(host).UserAsync("night", Crm.Abstractions.Security.ReadyRoles.Sales);
        await using (var visitor = await Visitor.SignedInAsync(chromium, host, "night"))
        {
            await visitor.GoAsync("/");
            await visitor.Page.ClickAsync(".face-btn");
            await visitor.Page.RunAndWaitForResponseAsync(() => visitor.Page.ClickAsync("[data-theme-set=dark]"), "**/profile/theme");
            await Expect(visitor.Page.Locator("html")).ToHaveAttributeAsync("data-bs-theme", "dark");
            await visitor.GoAsync("/contacts/people");
            await Expect(visitor.Page.Locator("html")).ToHaveAttributeAsync("data-bs-theme", "dark");
        }

        await using var again = await Visitor.AtAsync(chromium, host);
        await again.SignInAsync("night");
        await Expect(again.Page.Locator("html")).ToHaveAttributeAsync("data-bs-theme", "dark");
    }

    [BrowserFact]
    public async Task A_menu_longer_than_the_window_shows_where_one_is()
    {
        await using var visitor = await Visitor.SignedInAsync(chromium, host, "admin");
        await visitor.Page.SetViewportSizeAsync(1440, 700);
        await visitor.GoAsync("/admin/why");
        await Expect(visitor.Page.Locator(".sidebar-nav [aria-current]").Last).ToBeInViewportAsync(new() { Ratio = 1 });
    }

    [BrowserFact]
    public async Task On_a_phone_rows_are_cards_and_the_bar_at_the_bottom_leads_everywhere()
    {
        var records = new Records(host, await new People(host).AdministratorAsync());
        await records.PersonAsync("Anda", "Ozola", "Baker");
        await using var visitor = await Visitor.SignedInAsync(chromium, host, "admin", phone: true);
        var page = visitor.Page;
        await visitor.GoAsync("/contacts/people");
        Assert.Equal("flex", await page.Locator("#rows > tr").First.EvaluateAsync<string>("row => getComputedStyle(row).display"));
        Assert.Equal([], await Accessibility.FaultsAsync(page));
        await page.TapAsync(".bottombar [data-open-palette]");
        await page.FillAsync("#palette input", "Ozola");
        await page.TapAsync("#palette [role=option]:has-text('Anda Ozola')");
        await Expect(page.Locator(".record-head h1")).ToHaveTextAsync("Anda Ozola");
        await visitor.ReadyAsync();
        Assert.Equal([], await Accessibility.FaultsAsync(page));
        Assert.Equal(390, await visitor.WidthAsync());
        await page.TapAsync(".bottombar [data-bs-target='#sidebar']");
        await page.TapAsync("#sidebar a[href='/notes/notes']");
        await Expect(page.Locator(".page-top-title")).ToHaveTextAsync("Notes");
    }
}
