using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Crm.EndToEnd.Tests.Browsing;

/// <summary>What axe finds on a page by WCAG 2.1, levels A and AA.</summary>
internal static class Accessibility
{
    private static readonly AxeRunOptions _rules = new()
    {
        RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"] },
    };

    public static async Task<IReadOnlyList<string>> FaultsAsync(IPage page)
    {
        var result = await page.RunAxe(_rules);
        return [.. result.Violations.SelectMany(v => v.Nodes.Select(n => $"{v.Id}: {v.Help}: {n.Html}"))];
    }
}
