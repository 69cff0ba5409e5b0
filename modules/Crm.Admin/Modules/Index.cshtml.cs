using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Kernel.Data;
using Crm.Kernel.Modules;
using Crm.Kernel.SignIn;
using Crm.Kernel.Users;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Crm.Admin.Modules;

/// <summary>Modules × departments, with a switch at each crossing.</summary>
[Permission("AdministerSite")]
internal sealed class IndexModel(KernelDb db, SwitchModule switchModule, ModuleCatalog catalog, ModuleSwitches switches, IStringLocalizer<AdminText> text) : PageModel
{
    [BindProperty]
    public string? Feature { get; set; }

    [BindProperty]
    public Guid? Department { get; set; }

    [BindProperty]
    public bool On { get; set; }

    [BindProperty]
    public bool WithOthers { get; set; }

    public Question? Ask { get; private set; }

    public IReadOnlyList<DepartmentRow> Departments { get; private set; } = [];

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    /// <summary>Plugins that could not be loaded, with the reason.</summary>
    public IReadOnlyList<FailedModule> Failed => catalog.FailedModules;

    public Task OnGetAsync(CancellationToken ct) => ShowAsync(ct);

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        try
        {
            if (!ModelState.IsValid)
                return BadRequest();
            await switchModule.RunAsync(Feature ?? "", Department, On, WithOthers, ct);
            if (!Request.Headers.ContainsKey("HX-Request"))
                return LocalRedirect("/admin/modules");
        }
        catch (OthersTouched others)
        {
            var names = string.Join(", ", others.Names.Select(n => text[n].Value));
            Ask = new Question(Feature!, Department, On, On ? text["This needs {0}, which is off.", names] : text["{0} needs this and goes off with it.", names]);
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        }
        catch (RuleViolation wrong)
        {
            ModelState.Take(wrong, text);
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        }

        // The form's own fields are another row's now.
        ModelState.Remove(nameof(Department));
        await ShowAsync(ct);
        return Page();
    }

    private async Task ShowAsync(CancellationToken ct)
    {
        Departments = await DepartmentRows.ReadAsync(db, ct);
        Rows = catalog.Modules.SelectMany(m => m.Features).Select(f => new Row(f.Id, f.Name, f.Description, Cells(f))).ToList();
    }

    private List<Cell> Cells(FeatureDescription feature)
    {
        var site = switches.IsOn(feature.Id);
        List<Cell> cells = [new(null, text["the whole site"], site, feature.AlwaysOn)];
        cells.AddRange(Departments.Select(d => new Cell(d.Id, d.Name, switches.IsOnFor(feature.Id, d.Id), feature.AlwaysOn || !site)));
        return cells;
    }

    /// <summary>A module or feature.</summary>
    internal sealed record Row(string Id, string Name, string Description, IReadOnlyList<Cell> Cells);

    /// <summary>A crossing.</summary>
    internal sealed record Cell(Guid? Department, string Column, bool On, bool Fixed);

    /// <summary>Asked before others go with a switch.</summary>
    internal sealed record Question(string Feature, Guid? Department, bool On, string Words);
}
