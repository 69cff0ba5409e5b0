using Crm.Abstractions.Security;
using Crm.Kernel.Data;
using Crm.Ui.Shell;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.RecordPages;

/// <summary>Keeps and removes saved views.</summary>
internal sealed class ViewsModel(KernelDb db) : TypedPage
{
    public IActionResult OnGet() => LocalRedirect(Type.ListUrl);

    public async Task<IActionResult> OnPostAsync(string? name, string? filter, string? sort, string? columns, bool everybody, Guid? remove)
    {
        var mayShare = Rights.May(CorePermissions.ShareViews.Name);
        var me = Rights.UserId;
        var mine = db.Set<SavedView>().Where(v => v.Kind == Type.Name && (v.OwnerId == me || (mayShare && v.OwnerId == null)));
        if (remove is { } id)
        {
            db.RemoveRange(await mine.Where(v => v.Id == id).ToListAsync(Ct));
            await db.SaveChangesAsync(Ct);
            TempData.Toast(L["View removed"]);
            return LocalRedirect(Type.ListUrl);
        }

        name = (name ?? "").Trim();
        if (name.Length is 0 or > 60 || filter?.Length > 4000 || sort?.Length > 400 || columns?.Length > 2000)
            return Refuse(400, L["Give the view a name of at most 60 letters."]);
        Guid? owner = everybody && mayShare ? null : me;
        var view = await mine.FirstOrDefaultAsync(v => v.Name == name && v.OwnerId == owner, Ct);
        if (view is null)
            db.Add(view = new SavedView { Kind = Type.Name, Name = name, OwnerId = owner });
        (view.Filter, view.Sort, view.Columns) = (filter ?? "", sort ?? "", columns ?? "");
        await db.SaveChangesAsync(Ct);
        TempData.Toast(L["View saved"]);
        return LocalRedirect($"{Type.ListUrl}?view={view.Id}");
    }
}
