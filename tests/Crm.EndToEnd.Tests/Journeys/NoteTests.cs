using Crm.Abstractions.Security;
using Crm.EndToEnd.Tests.Browsing;
using Crm.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Crm.EndToEnd.Tests.Journeys;

/// <summary>Notes: written, found at once, and gone with their module.</summary>
[Collection(OneBrowser.Name)]
public sealed class NoteTests(Chromium chromium, SqliteHost host) : IClassFixture<SqliteHost>
{
    private const string Switch = "[aria-label='Notes for Care']";

    [BrowserTheory]
    [Trait("F", "1")]
    [InlineData("Called about the harvester lease", "harvester")]
    [InlineData("采购订单自动审批流程", "审批")]
    [InlineData("Jauns uzņēmums Rīgā", "uznemums")]
    public async Task A_note_is_found_the_moment_it_is_saved(string text, string words)
    {
        var url = await new Records(host, await new People(host).AdministratorAsync()).PersonAsync("Gatis", "Egle");
        await using var visitor = await Visitor.SignedInAsync(chromium, host, "admin");
        var page = visitor.Page;
        await visitor.GoAsync(url);
        await page.FillAsync("#note-text", text);
        await visitor.PressAsync("Control+Enter");
        await Expect(page.Locator(".story-text")).ToContainTextAsync(text);
        await visitor.PressAsync("Control+k");
        await visitor.TypeAsync(words);
        await Expect(Hit(page, text)).ToBeVisibleAsync();
        await visitor.PressAsync("Escape");
    }

    [BrowserFact]
    [Trait("F", "89")]
    public async Task Notes_switched_off_for_a_department_are_gone_for_its_people_and_come_back_whole()
    {
        var people = new People(host);
        var rita = await people.UserAsync("rita", ReadyRoles.Sales, await people.DepartmentAsync("Care"));
        var records = new Records(host, rita);
        var url = await records.PersonAsync("Herta", "Krūmiņa");
        await records.NoteAsync(url, "Prefers the quiet room");
        await using var admin = await Visitor.SignedInAsync(chromium, host, "admin");
        await using var user = await Visitor.SignedInAsync(chromium, host, "rita");
        await SeesAsync(user, url);

        await admin.GoAsync("/admin/modules");
        await admin.Page.ClickAsync(Switch);
        await Expect(admin.Page.Locator(Switch)).ToHaveAttributeAsync("aria-checked", "false");
        await user.GoAsync(url);
        await Expect(user.Page.Locator("#note-text")).ToHaveCountAsync(0);
        await Expect(user.Page.Locator("#timeline")).Not.ToContainTextAsync("quiet room");
        await Expect(user.Page.Locator("#sidebar a[href='/notes/notes']")).ToHaveCountAsync(0);
        await user.GoAsync("/search?q=quiet");
        await Expect(user.Page.Locator(".hit")).ToHaveCountAsync(0);
        await user.GoAsync("/notes/notes", 404);
        await Expect(user.Page.Locator("h1")).ToHaveTextAsync("Not available in your department");

        await admin.Page.ClickAsync(Switch);
        await Expect(admin.Page.Locator(Switch)).ToHaveAttributeAsync("aria-checked", "true");
        await SeesAsync(user, url);
    }

    private static async Task SeesAsync(Visitor user, string url)
    {
        await user.GoAsync(url);
        await Expect(user.Page.Locator("#note-text")).ToBeVisibleAsync();
        await Expect(user.Page.Locator(".story-text")).ToContainTextAsync("Prefers the quiet room");
        await user.GoAsync("/search?q=quiet");
        await Expect(user.Page.Locator(".hit")).ToHaveCountAsync(1);
        await user.GoAsync("/notes/notes");
        await Expect(user.Page.Locator("#rows")).ToContainTextAsync("Prefers the quiet room");
    }

    private static ILocator Hit(IPage page, string text) =>
        page.Locator("#palette [role=option]", new() { HasTextString = text }).First;
}
