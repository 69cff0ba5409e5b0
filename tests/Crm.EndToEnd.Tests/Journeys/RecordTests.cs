using Crm.EndToEnd.Tests.Browsing;
using Crm.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Crm.EndToEnd.Tests.Journeys;

/// <summary>People and organisations as somebody works with them all day.</summary>
[Collection(OneBrowser.Name)]
public sealed class RecordTests(Chromium chromium, SqliteHost host) : IClassFixture<SqliteHost>
{
    [BrowserFact]
    [Trait("F", "1")]
    public async Task An_organisation_and_a_person_of_it_are_added_without_a_mouse()
    {
        await using var visitor = await Visitor.SignedInAsync(chromium, host, "admin");
        var page = visitor.Page;
        await visitor.GoAsync("/");
        await visitor.PressAsync("n");
        await visitor.TabToAsync(".dropdown-item[href$='/organizations/new']");
        await visitor.PressAsync("Enter");
        await page.WaitForURLAsync("**/organizations/new");
        await visitor.ReadyAsync();
        await visitor.TabToAsync("#name");
        await visitor.TypeAsync("Ķemeru spa");
        await visitor.PressAsync("Control+Enter");
        await Expect(page.Locator(".record-head h1")).ToHaveTextAsync("Ķemeru spa");
        await visitor.ReadyAsync();

        await visitor.PressAsync("n");
        await visitor.PressAsync("Enter");
        await page.WaitForURLAsync("**/people/new");
        await visitor.ReadyAsync();
        await visitor.TabToAsync("#firstName");
        await visitor.TypeAsync("Žanete");
        await visitor.TabToAsync("#lastName");
        await visitor.TypeAsync("Liepa");
        await visitor.TabToAsync("#organization-ts-control");
        await visitor.TypeAsync("kemeru");
        await Expect(page.Locator(".ts-dropdown .option.active")).ToContainTextAsync("Ķemeru spa");
        await visitor.PressAsync("Enter");
        await visitor.PressAsync("Control+Enter");
        await Expect(page.Locator(".record-head h1")).ToHaveTextAsync("Žanete Liepa");
        await Expect(page.Locator(".facts")).ToContainTextAsync("Ķemeru spa");
        await visitor.ReadyAsync();
    }

    [BrowserFact]
    [Trait("F", "1")]
    public async Task A_list_is_filtered_sorted_and_walked_through_by_keys()
    {
        foreach (var (first, job) in new[] { ("Aina", "Surveyor"), ("Baiba", "Surveyor"), ("Cilda", "Surveyor"), ("Dace", "Notary") })
            await (await AdminAsync()).PersonAsync(first, "Rieksta", job);
        await using var visitor = await Visitor.SignedInAsync(chromium, host, "admin");
        var page = visitor.Page;
        await visitor.GoAsync("/contacts/people");
        await page.ClickAsync(".chip-add");
        await page.SelectOptionAsync("#filter-field", "jobTitle");
        await visitor.ReadyAsync();
        await page.SelectOptionAsync("#filter-op", "starts");
        await page.FillAsync("#filter-text", "surv");
        await visitor.PressAsync("Enter");
        await Expect(page.Locator(".chip-on")).ToContainTextAsync("Job title begins with surv");
        await Expect(page.Locator("#rows .row-title")).ToHaveTextAsync(["Aina Rieksta", "Baiba Rieksta", "Cilda Rieksta"]);
        await page.ClickAsync("thead th[aria-sort] a");
        await Expect(page.Locator("th[aria-sort=descending]")).ToHaveTextAsync("Name");
        await Expect(page.Locator("#rows .row-title")).ToHaveTextAsync(["Cilda Rieksta", "Baiba Rieksta", "Aina Rieksta"]);
        await visitor.ReadyAsync();
        foreach (var key in new[] { "j", "j", "j", "k" })
            await visitor.PressAsync(key);
        await visitor.PressAsync("Enter");
        await Expect(page.Locator(".record-head h1")).ToHaveTextAsync("Baiba Rieksta");
        await visitor.ReadyAsync();
    }

    [BrowserFact]
    [Trait("F", "1")]
    public async Task One_field_is_changed_in_its_place()
    {
        var url = await (await AdminAsync()).PersonAsync("Egils", "Lapsa", "Trainee");
        await using var visitor = await Visitor.SignedInAsync(chromium, host, "admin");
        var page = visitor.Page;
        await visitor.GoAsync(url);
        await page.ClickAsync("[data-bs-target='#details']");
        await page.Locator("#field-jobTitle").HoverAsync();
        await page.Locator("#field-jobTitle button").ClickAsync();
        await page.FillAsync("#details input[name=jobTitle]", "Head of cellar");
        await visitor.PressAsync("Enter");
        await Expect(page.Locator("#field-jobTitle.editable")).ToContainTextAsync("Head of cellar");
        await visitor.GoAsync(url);
        await Expect(page.Locator("#field-jobTitle")).ToContainTextAsync("Head of cellar");
    }

    [BrowserFact]
    public async Task What_was_deleted_comes_back_by_Undo()
    {
        var url = await (await AdminAsync()).PersonAsync("Fricis", "Bārda");
        await using var visitor = await Visitor.SignedInAsync(chromium, host, "admin");
        var page = visitor.Page;
        var row = page.Locator("#rows .row-title", new() { HasTextString = "Fricis Bārda" });
        await visitor.GoAsync(url);
        await page.ClickAsync(".page-top-acts [data-bs-toggle=dropdown]");
        await page.ClickAsync("form[action$='/delete'] .dropdown-item");
        await Expect(page.Locator(".toast-text")).ToHaveTextAsync("Fricis Bārda deleted");
        await Expect(row).ToHaveCountAsync(0);
        await page.ClickAsync(".toast-undo");
        await page.WaitForURLAsync("**" + url);
        await Expect(page.Locator(".record-head h1")).ToHaveTextAsync("Fricis Bārda");
        await visitor.GoAsync("/contacts/people?q=Fricis");
        await Expect(row).ToHaveCountAsync(1);
    }

    private async Task<Records> AdminAsync() => new(host, await new People(host).AdministratorAsync());
}
