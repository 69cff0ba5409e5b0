using Crm.Testing;
using Microsoft.Playwright;

namespace Crm.EndToEnd.Tests.Browsing;

/// <summary>Somebody at a real browser. What the browser complains about on the way (scripts, policy, missing files) fails the test at the end.</summary>
internal sealed class Visitor : IAsyncDisposable
{
    private readonly List<string> _complaints = [];
    private readonly HashSet<string> _refused = new(StringComparer.Ordinal);
    private readonly IBrowserContext _context;

    private Visitor(IBrowserContext context, IPage page)
    {
        (_context, Page) = (context, page);
        page.SetDefaultTimeout(20_000);
        page.Console += (_, message) => Note(message.Type, message.Text, message.Location);
        page.PageError += (_, error) => Note("error", error, "");
    }

    public IPage Page { get; }

    public static async Task<Visitor> AtAsync(Chromium chromium, CrmHost host, bool phone = false, string? remembered = null)
    {
        var context = await chromium.Browser.NewContextAsync(new()
        {
            BaseURL = host.Address.ToString(),
            ViewportSize = phone ? new() { Width = 390, Height = 844 } : new() { Width = 1440, Height = 900 },
            IsMobile = phone,
            HasTouch = phone,
            StorageState = remembered,
            ColorScheme = ColorScheme.Light,
            Locale = "en-GB",
            TimezoneId = "Europe/Riga",
            ReducedMotion = ReducedMotion.Reduce,
        });
        return new Visitor(context, await context.NewPageAsync());
    }

    /// <summary>Somebody who is at work already: signs in once by the page, and is remembered by the browser for the next test.</summary>
    public static async Task<Visitor> SignedInAsync(Chromium chromium, CrmHost host, string name, bool phone = false)
    {
        if (!chromium.Remembered.TryGetValue((host, name), out var state))
        {
            await using var first = await AtAsync(chromium, host);
            await first.SignInAsync(name);
            chromium.Remembered[(host, name)] = state = await first._context.StorageStateAsync();
        }

        return await AtAsync(chromium, host, phone, state);
    }

    public async Task SignInAsync(string name)
    {
        await GoAsync("/login");
        await Page.FillAsync("[name='Input.Email']", $"{name}@example.org");
        await Page.FillAsync("[name='Input.Password']", People.Password);
        await Page.Keyboard.PressAsync("Enter");
        await Page.WaitForURLAsync("**/");
        await ReadyAsync();
    }

    /// <summary>Opens a page and waits until its scripts run and its parts are there.</summary>
    public async Task GoAsync(string url, int status = 200)
    {
        if (status >= 400)
            _refused.Add(url);
        var answer = await Page.GotoAsync(url);
        Assert.Equal((url, status), (url, answer!.Status));
        await ReadyAsync();
    }

    public async Task ReadyAsync()
    {
        await Page.WaitForSelectorAsync("html[data-ready]");
        await Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await Page.WaitForFunctionAsync("() => !document.querySelector('.htmx-request')");
    }

    public Task PressAsync(string key) => Page.Keyboard.PressAsync(key);

    public Task TypeAsync(string text) => Page.Keyboard.TypeAsync(text);

    /// <summary>Presses Tab until the element has the focus, as somebody without a mouse does.</summary>
    public async Task TabToAsync(string selector)
    {
        for (var i = 0; i < 60; i++)
        {
            if (await Page.EvaluateAsync<bool>("s => document.activeElement?.matches(s) ?? false", selector))
                return;
            await PressAsync("Tab");
        }

        Assert.Fail($"Tab never reaches {selector}.");
    }

    /// <summary>Tabs to an element, and sees where he is: the focus is drawn, on the screen, and covered by nothing.</summary>
    public async Task ReachAsync(string selector)
    {
        await TabToAsync(selector);
        await SeesFocusAsync(selector);
    }

    /// <summary>Waits until the page itself has put the focus there.</summary>
    public async Task FindsFocusAsync(string selector)
    {
        await Page.WaitForFunctionAsync("s => document.activeElement?.matches(s) ?? false", selector);
        await SeesFocusAsync(selector);
    }

    /// <summary>Leaves menus and search behind, by the first link of every page.</summary>
    public async Task SkipAsync()
    {
        await TabToAsync(".skip-link");
        await PressAsync("Enter");
        await Page.WaitForFunctionAsync("() => document.activeElement?.id === 'main'");
    }

    /// <summary>How wide the page is: more than the window where something must be scrolled to sideways.</summary>
    public async Task<int> WidthAsync() => await Page.EvaluateAsync<int>("document.documentElement.scrollWidth");

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        Assert.True(_complaints.Count == 0, string.Join('\n', _complaints));
    }

    private async Task SeesFocusAsync(string selector)
    {
        const string Fault = """
            () => {
              const focused = document.activeElement;
              const shown = [focused, focused.closest('.ts-wrapper')?.querySelector('.ts-control'), focused.matches('[type=radio], [type=checkbox]') ? focused.nextElementSibling : null].filter(e => e);
              const drawn = shown.some(e => { const look = getComputedStyle(e); return (look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) > 0) || look.boxShadow !== 'none'; });
              if (!drawn) return 'not drawn';
              const box = shown.at(-1).getBoundingClientRect();
              const hit = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
              if (!hit) return 'off the screen';
              return shown.some(e => e.contains(hit) || hit.contains(e)) ? '' : `covered by ${hit.outerHTML.slice(0, 120)}`;
            }
            """;
        Assert.Equal((selector, ""), (selector, await Page.EvaluateAsync<string>(Fault)));
    }

    private void Note(string kind, string text, string where)
    {
        // That a page which is meant to be refused was refused is no complaint.
        var expected = _refused.Any(u => where.Contains(u, StringComparison.Ordinal)) && text.StartsWith("Failed to load resource", StringComparison.Ordinal);
        if (kind == "error" && !expected)
            _complaints.Add($"{where}: {text}");
    }
}
