using System.Net.Http.Json;
using System.Text.Json;
using Crm.Abstractions.Security;
using Crm.EndToEnd.Tests.Browsing;
using Crm.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Crm.EndToEnd.Tests.Journeys;

/// <summary>A server with a salesperson's day on it: tasks, calls, a customer, and a colleague who gives her work.</summary>
public sealed class WorkingDayHost : SqliteHost
{
    /// <inheritdoc/>
    protected override IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>
    {
        ["Mail:From"] = "crm@example.org",
        ["Mail:Folder"] = Directory.CreateTempSubdirectory("crm-mail-").FullName,
    };

    /// <summary>The task that stands first.</summary>
    internal Guid Offer { get; private set; }

    /// <summary>Adds the records, once the server runs.</summary>
    internal async Task BeginAsync()
    {
        var people = new People(this);
        using var boss = await ApiAsync(await people.AdministratorAsync());
        var una = await people.UserAsync("una", ReadyRoles.Sales);
        using var api = await ApiAsync(una);
        var anna = await AddAsync(api, "people", new { firstName = "Anna", lastName = "Bērziņa", emails = new[] { new { kind = "work", value = "anna@example.org" } } });
        await AddAsync(api, "people", new { firstName = "Jānis", lastName = "Kļaviņš", emails = new[] { new { kind = "work", value = "janis@example.org" } } });
        Offer = await AddAsync(api, "tasks", new { subject = "Send the offer", about = anna, dueOn = "2019-01-01" });
        await AddAsync(api, "tasks", new { subject = "Check the stock", about = anna, dueOn = "2019-01-02" });
        foreach (var (name, day) in new[] { ("Vītola", 1), ("Kalniņa", 2), ("Ozola", 3) })
        {
            var person = await AddAsync(api, "people", new { firstName = "Ieva", lastName = name, phones = new[] { new { kind = "mobile", value = "+371 20 123 456" } } });
            await AddAsync(api, "tasks", new { subject = "Renewal", about = person, channel = "phone", dueOn = $"2020-01-0{day}" });
        }

        await AddAsync(boss, "tasks", new { subject = "Plan the fair", assignee = una });
    }

    private static async Task<Guid> AddAsync(HttpClient api, string plural, object record)
    {
        using var answer = await api.PostAsJsonAsync(new Uri($"/api/v1/{plural}", UriKind.Relative), record);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
    }
}

/// <summary>All that a salesperson does in a day, by somebody who has no mouse: every step begins where the one before left the focus.</summary>
[Collection(OneBrowser.Name)]
public sealed class WorkingDayTests(Chromium chromium, WorkingDayHost host) : IClassFixture<WorkingDayHost>
{
    // The first of February or the second of January: both will do, however the browser writes a date.
    private const string SomeDay = "01022030";

    [BrowserFact]
    [Trait("F", "22")]
    [Trait("F", "50")]
    public async Task A_salesperson_works_a_whole_day_without_a_mouse()
    {
        await host.BeginAsync();
        await using var una = await Visitor.AtAsync(chromium, host);
        await SignsInAsync(una);
        await DoesTasksAsync(una);
        await LogsAContactAsync(una);
        await WritesANoteAndAMailAsync(una);
        await PlansAndMovesAsync(una);
        await CallsAsync(una);
        await ArrangesMyDayAsync(una);
        await ReadsWhatIsNewAsync(una);
    }

    private static async Task SignsInAsync(Visitor una)
    {
        await una.GoAsync("/login");
        await una.FindsFocusAsync("[name='Input.Email']");
        await una.TypeAsync("una@example.org");
        await una.ReachAsync("[name='Input.Password']");
        await una.TypeAsync(People.Password);
        await LeavesAsync(una, "Enter", "**/");
    }

    private async Task DoesTasksAsync(Visitor una)
    {
        var page = una.Page;
        await una.SkipAsync();
        await una.ReachAsync($".tiles a[href='/activities/tasks/{host.Offer}']");
        await LeavesAsync(una, "Enter", "**/activities/tasks/*");
        await una.SkipAsync();
        await una.ReachAsync(".page-top-acts [data-bs-toggle=dropdown]");
        await una.PressAsync("Enter");
        await una.PressAsync("ArrowDown");
        await una.FindsFocusAsync("form[action$='/act/complete'] .dropdown-item");
        await una.PressAsync("Enter");
        await Expect(page.Locator(".toast-text")).ToHaveCountAsync(1);
        await una.ReadyAsync();

        await GoesAsync(una, "d", "**/");
        await Expect(page.Locator(".task-tile")).Not.ToContainTextAsync("Send the offer");
        await una.SkipAsync();
        await una.ReachAsync("[aria-label='Done: Check the stock']");
        await una.PressAsync("Space");
        await Expect(page.Locator(".task-tile")).Not.ToContainTextAsync("Check the stock");
        // What stood below has come to its place, and has the focus.
        await una.FindsFocusAsync(".task-row .tick");
        await una.PressAsync("u");
        await Expect(page.Locator("[aria-label='Done: Check the stock']")).ToBeVisibleAsync();
        await una.ReadyAsync();
    }

    private static async Task LogsAContactAsync(Visitor una)
    {
        await LeavesAsync(una, "l", "**/activities/interactions/log");
        await una.FindsFocusAsync("#about-ts-control");
        await una.TypeAsync("berzin");
        await Expect(una.Page.Locator(".ts-dropdown .option.active")).ToContainTextAsync("Anna Bērziņa");
        await una.PressAsync("Enter");
        await una.ReachAsync("#subject");
        await una.TypeAsync("Asked for a larger barrel");
        await una.ReachAsync("#next");
        await una.TypeAsync("Send the price");
        await una.ReachAsync("[data-fill='next-on']");
        await una.PressAsync("Space");
        await LeavesAsync(una, "Control+Enter", "**/contacts/people/*");
        await Expect(una.Page.Locator("#story-box")).ToContainTextAsync("Asked for a larger barrel");
    }

    private static async Task WritesANoteAndAMailAsync(Visitor una)
    {
        var page = una.Page;
        await una.PressAsync("Control+k");
        // Who knows what comes does not wait for it.
        await una.TypeAsync("klavins");
        await LeavesAsync(una, "Enter", "**/contacts/people/*");
        await Expect(page.Locator(".record-head h1")).ToHaveTextAsync("Jānis Kļaviņš");
        await una.SkipAsync();
        await una.ReachAsync("[data-choice][hx-get^='/notes/']");
        await una.PressAsync("Enter");
        await una.FindsFocusAsync("#note-text");
        await una.TypeAsync("Prefers the quiet room");
        await una.PressAsync("Control+Enter");
        await Expect(page.Locator("#story-box")).ToContainTextAsync("Prefers the quiet room");
        await una.FindsFocusAsync("#note-text");

        await BackToAsync(una, "[data-choice][hx-get^='/activities/mails/']");
        await una.PressAsync("Enter");
        await una.FindsFocusAsync("#mail-subject");
        await una.TypeAsync("Our meeting");
        await una.ReachAsync("#mail-text");
        await una.TypeAsync("Dear Jānis, until Friday.");
        await una.ReachAsync(".compose-foot .btn-primary");
        await una.PressAsync("Enter");
        await Expect(page.Locator("#story-box")).ToContainTextAsync("until Friday");
        await una.FindsFocusAsync(".compose-foot .btn-primary");
        await una.ReadyAsync();
    }

    private static async Task PlansAndMovesAsync(Visitor una)
    {
        await una.PressAsync("n");
        await una.ReachAsync(".dropdown-item[href='/activities/appointments/plan']");
        await LeavesAsync(una, "Enter", "**/appointments/plan");
        await una.FindsFocusAsync("#subject");
        await una.TypeAsync("Tasting");
        foreach (var (field, keys) in new[] { ("#startOn", SomeDay), ("#startTime", "0915A"), ("#endOn", SomeDay), ("#endTime", "1000A") })
        {
            await una.ReachAsync(field);
            await una.TypeAsync(keys);
        }

        await LeavesAsync(una, "Control+Enter", "**/activities/calendar?on=2030-*");
        var entry = una.Page.Locator(".cal a.cal-moves", new() { HasText = "Tasting" });
        await Expect(entry).ToContainTextAsync("9:15");
        await una.SkipAsync();
        await una.ReachAsync("a.cal-moves");
        await LeavesAsync(una, "Enter", "**/activities/calendar/entry/*");
        await una.SkipAsync();
        foreach (var (field, keys) in new[] { ("From", "1130A"), ("To", "1145A") })
        {
            await una.ReachAsync($"[name='Input.{field}']");
            await una.TypeAsync(keys);
        }

        await LeavesAsync(una, "Control+Enter", "**/activities/calendar?*");
        await Expect(entry).ToContainTextAsync("11:30");
    }

    private static async Task CallsAsync(Visitor una)
    {
        var name = una.Page.Locator("#call-name");
        await GoesAsync(una, "l", "**/activities/calls");
        await Expect(name).ToHaveTextAsync("Ieva Vītola");
        await una.PressAsync("1");
        await Expect(name).ToHaveTextAsync("Ieva Kalniņa");
        await una.ReadyAsync();
        await una.PressAsync("4");
        await una.FindsFocusAsync("#again-on");
        await una.TypeAsync(SomeDay);
        await una.PressAsync("Enter");
        await Expect(name).ToHaveTextAsync("Ieva Ozola");
        await una.ReadyAsync();
        await una.SkipAsync();
        await una.ReachAsync("#call-note");
        await una.TypeAsync("Buys 2 in spring");
        await una.PressAsync("Escape");
        await una.PressAsync("5");
        await Expect(name).ToHaveTextAsync("Ieva Kalniņa");
        await una.ReadyAsync();
        await Expect(una.Page.Locator(".page-top-sub")).ToContainTextAsync("1 to go");
    }

    private static async Task ArrangesMyDayAsync(Visitor una)
    {
        await GoesAsync(una, "d", "**/");
        await una.SkipAsync();
        await una.ReachAsync("a[href='/?arrange=true']");
        await LeavesAsync(una, "Enter", "**/?arrange=true");
        var tiles = una.Page.Locator(".tile-arranged");
        var second = await tiles.Nth(1).GetAttributeAsync("id");
        await una.SkipAsync();
        await una.ReachAsync($"[id='{second}'] button");
        await LeavesAsync(una, "Enter", "**/?arrange=true#*");
        await Expect(tiles.First).ToHaveAttributeAsync("id", second!);
        // The next press goes on at the tile that was moved.
        await una.PressAsync("Tab");
        await una.FindsFocusAsync($"[id='{second}'] button");
    }

    private static async Task ReadsWhatIsNewAsync(Visitor una)
    {
        await una.PressAsync("Escape");
        await BackToAsync(una, "[data-bell]");
        await LeavesAsync(una, "Enter", "**/notifications");
        await una.SkipAsync();
        await una.ReachAsync("#rows a");
        await Expect(una.Page.Locator("#rows")).ToContainTextAsync("Plan the fair");
        await LeavesAsync(una, "Enter", "**/activities/tasks/*");
        await Expect(una.Page.Locator("h1")).ToHaveTextAsync("Plan the fair");
    }

    private static async Task GoesAsync(Visitor una, string key, string url)
    {
        await una.PressAsync("g");
        await LeavesAsync(una, key, url);
    }

    // Another page comes, though perhaps of the same address.
    private static async Task LeavesAsync(Visitor una, string key, string url)
    {
        await una.Page.EvaluateAsync("document.documentElement.dataset.left = ''");
        await una.PressAsync(key);
        await una.Page.WaitForSelectorAsync("html:not([data-left])", new() { State = WaitForSelectorState.Attached });
        await una.Page.WaitForURLAsync(url);
        await una.ReadyAsync();
    }

    private static async Task BackToAsync(Visitor una, string selector)
    {
        for (var i = 0; i < 60 && !await una.Page.EvaluateAsync<bool>("s => document.activeElement.matches(s)", selector); i++)
            await una.PressAsync("Shift+Tab");
        await una.FindsFocusAsync(selector);
    }
}
