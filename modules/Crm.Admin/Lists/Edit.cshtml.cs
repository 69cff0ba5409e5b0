using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Kernel.WordLists;
using Crm.Ui.Shell;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Crm.Admin.Lists;

/// <summary>The words of one list: written otherwise, put into another order, retired, added.</summary>
[Permission("AdministerSite")]
internal sealed class EditModel(ChoiceLists lists, SaveChoices save, IStringLocalizerFactory texts, IStringLocalizer<AdminText> text) : PageModel
{
    private const int Blank = 3;

    [BindProperty]
    public List<Word> Words { get; set; } = [];

    public string Label { get; private set; } = "";

    public string What { get; private set; } = "";

    public IActionResult OnGet(string name)
    {
        if (!Find(name, out var list))
            return NotFound();
        var local = texts.Create(list.Texts);
        Words = [.. lists.Of(name).Select(o => new Word { Value = o.Value, Label = local[o.Label], Icon = o.Icon, IsOffered = !o.IsRetired })];
        Words.AddRange(Enumerable.Range(0, Blank).Select(_ => new Word { IsOffered = true }));
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string name, string? move, CancellationToken ct)
    {
        if (!Find(name, out var list))
            return NotFound();
        if (move is not null)
            return Moved(move);
        var words = Words.Where(w => w.Value is not null || !string.IsNullOrWhiteSpace(w.Label))
            .Select(w => new ChoiceInput(string.IsNullOrEmpty(w.Value) ? null : w.Value, w.Label ?? "", w.Icon, !w.IsOffered)).ToList();
        if (!await this.TryAsync(text, () => save.RunAsync(list, words, ct)))
        {
            Response.StatusCode = 422;
            return Page();
        }

        TempData.Toast(text["Saved"]);
        return LocalRedirect($"/admin/lists/{name}");
    }

    // Without a script, too: what was typed comes back in the other order.
    private PageResult Moved(string move)
    {
        var (at, by) = move.Split(':') is [var a, var b] && int.TryParse(a, out var place) && int.TryParse(b, out var step) ? (place, step) : (0, 0);
        var to = at + by;
        if (at >= 0 && at < Words.Count && to >= 0 && to < Words.Count)
            (Words[at], Words[to]) = (Words[to], Words[at]);
        ModelState.Clear();
        return Page();
    }

    private bool Find(string name, out ChoiceList list)
    {
        list = lists.All.FirstOrDefault(l => string.Equals(l.Name, name, StringComparison.Ordinal))!;
        if (list is null)
            return false;
        var local = texts.Create(list.Texts);
        (Label, What) = (local[list.Label], local[list.What]);
        return true;
    }

    /// <summary>A word as it was typed.</summary>
    public sealed class Word
    {
        public string? Value { get; set; }

        public string? Label { get; set; }

        public string? Icon { get; set; }

        public bool IsOffered { get; set; }
    }
}
