using Crm.Abstractions.Security;
using Crm.Kernel.Data;
using Crm.Kernel.Users;
using Crm.Ui.Shell;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Crm.Admin.Departments;

/// <summary>A department, new or changed.</summary>
[Permission("AdministerUsers")]
internal sealed class EditModel(KernelDb db, AddDepartment add, ChangeDepartment change, RemoveDepartment remove, IStringLocalizer<AdminText> text) : PageModel
{
    /// <summary>The department's id, or <c>new</c>.</summary>
    [BindProperty(SupportsGet = true)]
    public string Key { get; set; } = "";

    [BindProperty]
    public Answers Input { get; set; } = new();

    public Guid? Id => Guid.TryParse(Key, out var id) ? id : null;

    public string Name { get; private set; } = "";

    public IReadOnlyList<SelectListItem> Parents { get; private set; } = [];

    private bool IsNew => string.Equals(Key, "new", StringComparison.OrdinalIgnoreCase);

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (await db.Set<Department>().AsNoTracking().FirstOrDefaultAsync(d => d.Id == Id, ct) is { } department)
            Input = new Answers { Name = department.Name, Parent = department.ParentId, IsBranch = department.IsBranch, Country = department.Country };
        return await ShowAsync(ct);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var fields = new DepartmentFields(Input.Name ?? "", Input.Parent, Input.IsBranch, Input.Country ?? "");
        if (!await this.TryAsync(text, () => IsNew ? add.RunAsync(fields, ct) : change.RunAsync(Id ?? Guid.Empty, fields, ct)))
            return await ShowAsync(ct);
        TempData.Toast(text["Saved"]);
        return LocalRedirect("/admin/departments");
    }

    public async Task<IActionResult> OnPostRemoveAsync(CancellationToken ct)
    {
        if (!await this.TryAsync(text, () => remove.RunAsync(Id ?? Guid.Empty, ct)))
            return await OnGetAsync(ct);
        TempData.Toast(text["Removed"]);
        return LocalRedirect("/admin/departments");
    }

    private async Task<IActionResult> ShowAsync(CancellationToken ct)
    {
        var rows = await DepartmentRows.ReadAsync(db, ct);
        if (!IsNew)
        {
            if (rows.FirstOrDefault(r => r.Id == Id) is not { } row)
                return NotFound();
            Name = row.Name;
        }

        Parents = rows.Where(r => r.Id != Id).Select(r => new SelectListItem(r.Indented, r.Id.ToString())).Prepend(new SelectListItem(text["Nothing: on top"], "")).ToList();
        return Page();
    }

    /// <summary>What was typed.</summary>
    public sealed class Answers
    {
        public string? Name { get; set; }

        public Guid? Parent { get; set; }

        public bool IsBranch { get; set; }

        public string? Country { get; set; }
    }
}
