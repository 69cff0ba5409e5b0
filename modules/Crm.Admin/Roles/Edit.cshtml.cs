using Crm.Abstractions.Security;
using Crm.Kernel.Data;
using Crm.Kernel.Modules;
using Crm.Kernel.Security;
using Crm.Kernel.Users;
using Crm.Ui.Shell;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Crm.Admin.Roles;

/// <summary>A role, new or changed: its permissions by module, and how far they reach.</summary>
[Permission("AdministerUsers")]
internal sealed class EditModel(
    KernelDb db, AddRole add, ChangeRole change, RemoveRole remove, PermissionCatalog permissions, ModuleCatalog modules, IStringLocalizer<AdminText> text) : PageModel
{
    /// <summary>The role's id, or <c>new</c>.</summary>
    [BindProperty(SupportsGet = true)]
    public string Key { get; set; } = "";

    [BindProperty]
    public Answers Input { get; set; } = new();

    public Guid? Id => Guid.TryParse(Key, out var id) ? id : null;

    public string Label { get; private set; } = "";

    public IEnumerable<SelectListItem> Scopes =>
        Enum.GetValues<RoleScope>().Select(s => new SelectListItem(text[ScopeWords.Of(s)], s.ToString()));

    /// <summary>The kernel's own first, then module by module.</summary>
    public IEnumerable<(string Name, IReadOnlyList<Permission> Permissions)> Groups =>
        permissions.ByAssembly.Where(g => g.Value.Count > 0).OrderBy(g => g.Key != ModuleCatalog.KernelId)
            .Select(g => (modules.Modules.FirstOrDefault(m => m.Id == g.Key)?.Manifest.Name ?? "Everything", g.Value));

    private bool IsNew => string.Equals(Key, "new", StringComparison.OrdinalIgnoreCase);

    public bool Has(string permission) => Input.Permissions?.Contains(permission, StringComparer.Ordinal) == true;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (await db.Set<Role>().AsNoTracking().Include(r => r.Permissions).FirstOrDefaultAsync(r => r.Id == Id, ct) is { } role)
        {
            Input = new Answers
            {
                Label = role.Label,
                Scope = role.Scope,
                Permissions = role.Permissions.Where(p => p.IsGranted).Select(p => p.Permission).ToArray(),
            };
        }

        return await ShowAsync(ct);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var fields = new RoleFields(Input.Label ?? "", Input.Scope, Input.Permissions ?? []);
        if (!await this.TryAsync(text, () => IsNew ? add.RunAsync(fields, ct) : change.RunAsync(Id ?? Guid.Empty, fields, ct)))
            return await ShowAsync(ct);
        TempData.Toast(text["Saved"]);
        return LocalRedirect("/admin/roles");
    }

    public async Task<IActionResult> OnPostRemoveAsync(CancellationToken ct)
    {
        if (!await this.TryAsync(text, () => remove.RunAsync(Id ?? Guid.Empty, ct)))
            return await OnGetAsync(ct);
        TempData.Toast(text["Removed"]);
        return LocalRedirect("/admin/roles");
    }

    private async Task<IActionResult> ShowAsync(CancellationToken ct)
    {
        if (IsNew)
            return Page();
        Label = await db.Set<Role>().Where(r => r.Id == Id).Select(r => r.Label).FirstOrDefaultAsync(ct) ?? "";
        return Label.Length == 0 ? NotFound() : Page();
    }

    /// <summary>What was typed.</summary>
    public sealed class Answers
    {
        public string? Label { get; set; }

        public RoleScope Scope { get; set; }

        public string[]? Permissions { get; set; }
    }
}
