using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Kernel.WordLists;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Crm.Admin.Lists;

/// <summary>The lists of words that administrators may change.</summary>
[Permission("AdministerSite")]
internal sealed class IndexModel(ChoiceLists lists, IStringLocalizerFactory texts) : PageModel
{
    public IReadOnlyList<(string Name, string Label, string What, int Count)> Rows { get; private set; } = [];

    public void OnGet() => Rows = [.. lists.All.Select(l => (l.Name, Words(l, l.Label), Words(l, l.What), lists.Of(l.Name).Count(o => !o.IsRetired)))];

    private string Words(ChoiceList list, string text) => texts.Create(list.Texts)[text];
}
