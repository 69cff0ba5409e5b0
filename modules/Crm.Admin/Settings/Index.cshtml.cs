using Crm.Abstractions.Security;
using Crm.Kernel.Settings;
using Crm.Ui.Shell;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Crm.Admin.Settings;

/// <summary>The company's own choices.</summary>
[Permission("AdministerSite")]
internal sealed class IndexModel(SiteSettings settings, ChangeSite change, IStringLocalizer<AdminText> text) : PageModel
{
    [BindProperty]
    public Answers Input { get; set; } = new();

    public void OnGet()
    {
        var site = settings.Now;
        Input = new Answers { Name = site.Name, Country = site.Country, TimeZone = site.TimeZone, Language = site.Language, BinDays = site.BinDays };
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var site = new Site(Input.Name ?? "", Input.Country ?? "", Input.TimeZone ?? "", Input.Language ?? "") { BinDays = Input.BinDays };
        if (!await this.TryAsync(text, () => change.RunAsync(site, ct)))
            return Page();
        TempData.Toast(text["Saved"]);
        return LocalRedirect("/admin/settings");
    }

    /// <summary>What was typed.</summary>
    public sealed class Answers
    {
        public string? Name { get; set; }

        public string? Country { get; set; }

        public string? TimeZone { get; set; }

        public string? Language { get; set; }

        public int? BinDays { get; set; }
    }
}
