using Crm.EndToEnd.Tests.Browsing;
using Crm.Testing;
using Microsoft.Playwright;

namespace Crm.EndToEnd.Tests.Pages;

/// <summary>A server with a little of everything.</summary>
public sealed class FurnishedHost : SqliteHost
{
    /// <summary>A person's page.</summary>
    public string Person { get; private set; } = "";

    /// <inheritdoc/>
    protected override async Task SeedAsync()
    {
        var people = new People(this);
        Admin = await people.AdministratorAsync();
        await people.UserAsync("nils", Crm.Abstractions.Security.ReadyRoles.Sales, await people.DepartmentAsync("Sales"));
    }

    /// <summary>The administrator.</summary>
    public Guid Admin { get; private set; }

    /// <summary>Adds the records, once the server runs.</summary>
    public async Task FurnishAsync()
    {
        if (Person.Length > 0)
            return;
        var records = new Records(this, Admin);
        await records.OrganizationAsync("Aldaris");
        Person = await records.PersonAsync("Līga", "Bērziņa", "Brewer");
        await records.NoteAsync(Person, "Wants the new brochure of the brewery.");
    }
}

/// <summary>Every main page: readable for all by WCAG 2.1 AA in light and dark, nothing wider than a phone, no complaint of the browser.</summary>
[Collection(OneBrowser.Name)]
public sealed class EveryPageTests(Chromium chromium, FurnishedHost host) : IClassFixture<FurnishedHost>
{
    [BrowserTheory]
    [InlineData("/")]
    [InlineData("/contacts/people")]
    [InlineData("/contacts/organizations")]
    [InlineData("/contacts/contacts")]
    [InlineData("/contacts/people/new")]
    [InlineData("/contacts/people/bin")]
    [InlineData("/notes/notes")]
    [InlineData("/?arrange=true")]
    [InlineData("/activities/interactions")]
    [InlineData("/activities/interactions/log")]
    [InlineData("/activities/tasks")]
    [InlineData("/activities/tasks/new")]
    [InlineData("/activities/calls")]
    [InlineData("/activities/calendar")]
    [InlineData("/activities/calendar?view=month")]
    [InlineData("/activities/cadence")]
    [InlineData("/activities/results")]
    [InlineData("/activities/mail-templates")]
    [InlineData("/activities/care")]
    [InlineData("/activities/calls/new")]
    [InlineData("/activities/calendar/feed")]
    [InlineData("/activities/calendar/upload")]
    [InlineData("/activities/holidays")]
    [InlineData("/activities/appointments/plan")]
    [InlineData("/activities/mails/signature")]
    [InlineData("/notifications")]
    [InlineData("/admin/jobs")]
    [InlineData("/admin/mail")]
    [InlineData("/admin/import")]
    [InlineData("/admin/lists")]
    [InlineData("/admin/lists/activities.channels")]
    [InlineData("/search?q=brewery")]
    [InlineData("/profile")]
    [InlineData("/admin")]
    [InlineData("/admin/users")]
    [InlineData("/admin/users/new")]
    [InlineData("/admin/departments")]
    [InlineData("/admin/roles")]
    [InlineData("/admin/roles/new")]
    [InlineData("/admin/modules")]
    [InlineData("/admin/fields")]
    [InlineData("/admin/fields/new?kind=person")]
    [InlineData("/admin/settings")]
    [InlineData("/admin/audit")]
    [InlineData("/admin/why")]
    public async Task A_page_is_readable_for_all_in_light_and_dark_and_fits_a_phone(string url)
    {
        await using var visitor = await SignedInAsync();
        await visitor.GoAsync(url);
        await ReadableAsync(visitor);
    }

    [BrowserFact]
    public async Task A_persons_page_and_its_form_are_readable_for_all_in_light_and_dark_and_fit_a_phone()
    {
        await using var visitor = await SignedInAsync();
        await visitor.GoAsync(host.Person);
        await ReadableAsync(visitor);
        await visitor.Page.ClickAsync("[data-bs-target='#details']");
        await ReadableAsync(visitor);
        await visitor.Page.ClickAsync("[data-bs-target='#history']");
        await visitor.Page.WaitForSelectorAsync("#history .story");
        await ReadableAsync(visitor);
        await visitor.GoAsync(host.Person + "/edit");
        await ReadableAsync(visitor);
        await visitor.GoAsync(host.Person + "/erase");
        await ReadableAsync(visitor);
    }

    [BrowserFact]
    public async Task Sign_in_and_the_page_that_is_not_there_are_readable_for_all_in_light_and_dark_and_fit_a_phone()
    {
        await using var visitor = await Visitor.AtAsync(chromium, host);
        await visitor.GoAsync("/login");
        await ReadableAsync(visitor);
        await visitor.SignInAsync("admin");
        await visitor.GoAsync("/nowhere", 404);
        await ReadableAsync(visitor);
    }

    private async Task<Visitor> SignedInAsync()
    {
        await host.FurnishAsync();
        return await Visitor.SignedInAsync(chromium, host, "admin");
    }

    private static async Task ReadableAsync(Visitor visitor)
    {
        var page = visitor.Page;
        // A form without its token would be refused by the server, and no test that brings its own would notice.
        const string Unsigned = "() => [...document.querySelectorAll('form[method=post]:not([hx-post])')].filter(f => !f.querySelector('[name=__RequestVerificationToken]')).map(f => f.getAttribute('action'))";
        Assert.Empty(await page.EvaluateAsync<string[]>(Unsigned));
        foreach (var colours in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await page.EmulateMediaAsync(new() { ColorScheme = colours });
            await page.WaitForSelectorAsync($"html[data-bs-theme={(colours == ColorScheme.Dark ? "dark" : "light")}]");
            Assert.Equal([], await Accessibility.FaultsAsync(page));
        }

        await page.SetViewportSizeAsync(390, 844);
        Assert.InRange(await visitor.WidthAsync(), 0, 390);
        await page.SetViewportSizeAsync(1440, 900);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
    }
}
