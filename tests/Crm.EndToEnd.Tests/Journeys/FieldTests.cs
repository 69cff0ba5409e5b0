using Crm.EndToEnd.Tests.Browsing;
using Crm.Testing;
using static Microsoft.Playwright.Assertions;

namespace Crm.EndToEnd.Tests.Journeys;

/// <summary>A field of the company's own, from the administration to the list.</summary>
[Collection(OneBrowser.Name)]
public sealed class FieldTests(Chromium chromium, SqliteHost host) : IClassFixture<SqliteHost>
{
    [BrowserFact]
    [Trait("F", "3")]
    public async Task A_field_is_added_filled_in_and_filtered_by()
    {
        await using var visitor = await Visitor.SignedInAsync(chromium, host, "admin");
        var page = visitor.Page;
        await visitor.GoAsync("/admin/fields?kind=person");
        await page.ClickAsync(".page-top-acts a.btn-primary, a.btn-primary >> nth=0");
        await page.WaitForURLAsync("**/admin/fields/new**");
        await page.FillAsync("[name='Input.Label']", "Boat");
        await page.ClickAsync(".form-acts .btn-primary");
        await page.WaitForURLAsync("**/admin/fields?kind=person");
        await Expect(page.Locator("#fields")).ToContainTextAsync("Boat");

        await visitor.GoAsync("/contacts/people/new");
        await page.FillAsync("#lastName", "Ahab");
        await page.FillAsync("#boat", "Pequod");
        await page.ClickAsync(".form-acts .btn-primary");
        await Expect(page.Locator(".record-head h1")).ToHaveTextAsync("Ahab");
        await visitor.GoAsync("/contacts/people");
        await page.ClickAsync(".chip-add");
        await page.SelectOptionAsync("#filter-field", "boat");
        await visitor.ReadyAsync();
        await page.FillAsync("#filter-text", "pequ");
        await page.PressAsync("#filter-text", "Enter");
        await Expect(page.Locator("#rows")).ToContainTextAsync("Ahab");
        await Expect(page.Locator(".chip-on")).ToContainTextAsync("Boat");
    }
}
