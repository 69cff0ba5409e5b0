using Crm.Abstractions.Security;
using Crm.Kernel.Data;
using Crm.Kernel.Security;
using Crm.Kernel.Users;
using Crm.Ui.Shell;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Crm.Admin.Users;

/// <summary>A user: new, changed, given a new password, deactivated with hand-over, activated again.</summary>
[Permission("AdministerUsers")]
internal sealed class EditModel(
    KernelDb db, AddUser addUser, ChangeUser changeUser, ResetPassword resetPassword, DisableUser disableUser, EnableUser enableUser, RevokeToken revoke,
    IStringLocalizer<AdminText> text) : PageModel
{
    /// <summary>The user's id, or <c>new</c>.</summary>
    [BindProperty(SupportsGet = true)]
    public string Key { get; set; } = "";

    [BindProperty]
    public Answers Input { get; set; } = new();

    public Guid? Id => Guid.TryParse(Key, out var id) ? id : null;

    public string Name { get; private set; } = "";

    public bool HasSecondFactor { get; private set; }

    public DateTimeOffset? DisabledAt { get; private set; }

    public IReadOnlyList<SelectListItem> RoleChoices { get; private set; } = [];

    public IReadOnlyList<SelectListItem> DepartmentChoices { get; private set; } = [];

    public IReadOnlyList<SelectListItem> Successors { get; private set; } = [];

    /// <summary>The API tokens that are good now.</summary>
    public IReadOnlyList<ApiToken> Tokens { get; private set; } = [];

    private bool IsNew => string.Equals(Key, "new", StringComparison.OrdinalIgnoreCase);

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (Id is { } id && await db.Set<User>().AsNoTracking().Include(u => u.Roles).Include(u => u.FurtherDepartments).AsSplitQuery().FirstOrDefaultAsync(u => u.Id == id, ct) is { } user)
        {
            var names = await db.Set<Role>().ToDictionaryAsync(r => r.Id, r => r.Name, ct);
            (Input.Name, Input.Email, Input.Department) = (user.Name, user.Email, user.DepartmentId);
            Input.Roles = user.Roles.Select(r => names[r.RoleId]).ToArray();
            Input.FurtherDepartments = user.FurtherDepartments.Select(d => d.DepartmentId).ToArray();
        }

        return await ShowAsync(ct);
    }

    public Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var fields = new UserFields
        {
            Name = Input.Name ?? "",
            Email = Input.Email ?? "",
            Roles = Input.Roles ?? [],
            Department = Input.Department ?? Guid.Empty,
            FurtherDepartments = Input.FurtherDepartments ?? [],
        };
        return IsNew
            ? DoAsync(() => addUser.RunAsync(fields, Input.Password ?? "", ct), text["{0} can sign in now", fields.Name], ct)
            : DoAsync(() => changeUser.RunAsync(Id ?? Guid.Empty, fields, ct), text["Saved"], ct);
    }

    public Task<IActionResult> OnPostPasswordAsync(CancellationToken ct) => DoAsync(
        () => resetPassword.RunAsync(Id ?? Guid.Empty, Input.NewPassword ?? "", Input.DropSecondFactor, ct), text["The new password is set"], ct);

    public async Task<IActionResult> OnPostDisableAsync(CancellationToken ct)
    {
        Guid? act = null;
        var answer = await DoAsync(async () => act = await disableUser.RunAsync(Id ?? Guid.Empty, Input.Successor, ct), text["Deactivated"], ct);
        // The heir has everything already; the page shows how the rows follow.
        return act is null ? answer : LocalRedirect($"/acts/{act}");
    }

    public Task<IActionResult> OnPostEnableAsync(CancellationToken ct) => DoAsync(() => enableUser.RunAsync(Id ?? Guid.Empty, ct), text["Activated"], ct);

    public async Task<IActionResult> OnPostRevokeAsync(Guid token, CancellationToken ct)
    {
        if (Id is not { } user || !await this.TryAsync(text, () => revoke.RunAsync(token, user, ct)))
            return NotFound();
        TempData.Toast(text["The token has ended"]);
        return LocalRedirect($"/admin/users/{user}");
    }

    private async Task<IActionResult> DoAsync(Func<Task> verb, string done, CancellationToken ct)
    {
        if (!await this.TryAsync(text, verb))
            return await ShowAsync(ct);
        TempData.Toast(done);
        return LocalRedirect("/admin/users");
    }

    private async Task<IActionResult> ShowAsync(CancellationToken ct)
    {
        if (!IsNew)
        {
            var user = await db.Set<User>().AsNoTracking().FirstOrDefaultAsync(u => u.Id == Id, ct);
            if (user is null)
                return NotFound();
            (Name, HasSecondFactor, DisabledAt) = (user.Name, user.HasSecondFactor, user.DisabledAt);
            Tokens = await db.Set<ApiToken>().AsNoTracking().Where(t => t.UserId == Id && t.RevokedAt == null).OrderByDescending(t => t.Id).ToListAsync(ct);
        }

        RoleChoices = await db.Set<Role>().AsNoTracking().OrderBy(r => r.Label).Select(r => new SelectListItem(r.Label, r.Name)).ToListAsync(ct);
        DepartmentChoices = (await DepartmentRows.ReadAsync(db, ct)).Select(d => new SelectListItem(d.Indented, d.Id.ToString()))
            .Prepend(new SelectListItem(text["None"], "")).ToList();
        Successors = (await UserQueries.Active(db).Where(u => u.Id != Id).Select(u => new { u.Id, u.Name }).ToListAsync(ct))
            .Select(u => new SelectListItem(u.Name, u.Id.ToString())).Prepend(new SelectListItem(text["Nobody: leave everything as it is"], "")).ToList();
        return Page();
    }

    /// <summary>What was typed.</summary>
    public sealed class Answers
    {
        public string? Name { get; set; }

        public string? Email { get; set; }

        public string? Password { get; set; }

        public string[]? Roles { get; set; }

        public Guid? Department { get; set; }

        public Guid[]? FurtherDepartments { get; set; }

        public string? NewPassword { get; set; }

        public bool DropSecondFactor { get; set; }

        public Guid? Successor { get; set; }
    }
}
