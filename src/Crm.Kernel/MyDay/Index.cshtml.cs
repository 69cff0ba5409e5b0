using Crm.Abstractions.Pages;
using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Kernel.Data;
using Crm.Kernel.Modules;
using Crm.Kernel.Records;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.MyDay;

/// <summary>A record that was changed lately.</summary>
internal sealed record Recent(Guid Id, RecordType Type, string Title, string Url, DateTimeOffset At);

/// <summary>Where everybody begins: what is new, and the modules' tiles.</summary>
internal sealed class IndexModel(KernelDb db, RecordTypes types, Contributions contributions) : PageModel
{
    private const int Most = 8;

    public string Name { get; private set; } = "";

    public IReadOnlyList<Recent> Mine { get; private set; } = [];

    public IReadOnlyList<Recent> Everybody { get; private set; } = [];

    public IReadOnlyList<Widget> Widgets { get; private set; } = [];

    /// <summary>Types of which the reader may add a first record.</summary>
    public IReadOnlyList<RecordType> Makes { get; private set; } = [];

    public bool MayImport { get; private set; }

    public bool MayAdminister { get; private set; }

    public bool IsEmpty => Mine.Count == 0 && Everybody.Count == 0;

    public async Task OnGetAsync()
    {
        var ct = HttpContext.RequestAborted;
        var rights = await db.RightsAsync(ct);
        Name = rights.Name;
        var seen = types.All.Where(t => t is { IsUnion: false, HasPages: true, IsDependant: false } && rights.May(t.ViewPermission) && contributions.IsOn(t.GetType(), rights)).ToList();
        var names = seen.ConvertAll(t => t.Name);
        var mine = rights.Predecessors.Select(id => (Guid?)id).Append(rights.UserId).ToList();
        Mine = Shown(await db.Records.AsNoTracking().Where(r => mine.Contains(r.OwnerId) && names.Contains(r.Kind) && r.DeletedAt == null)
            .OrderByDescending(r => r.UpdatedAt).Take(Most).Select(r => new Row(r.Id, r.Kind, r.Title, r.UpdatedAt)).ToListAsync(ct));
        Everybody = Shown(await NewestAsync(seen, rights, ct));
        Widgets = [.. contributions.Of<Widget>(rights).Where(w => rights.May(w.Permission))];
        Makes = [.. seen.Where(t => rights.May(t.EditPermission)).Take(3)];
        MayImport = rights.May(CorePermissions.ImportRecords.Name);
        MayAdminister = rights.May(CorePermissions.AdministerSite.Name);
    }

    // Only where the reader sees all of a type: then the newest are the first of an index, and few are read.
    private async Task<List<Row>> NewestAsync(List<RecordType> seen, Rights rights, CancellationToken ct)
    {
        var rows = new List<Row>();
        foreach (var type in seen.Where(t => rights.ScopeOf(t.ViewPermission) == RoleScope.All))
        {
            var visible = await db.VisibleRecordsAsync([type.Name], ct);
            rows.AddRange(await visible.AsNoTracking().Where(r => r.OwnerId != rights.UserId).OrderByDescending(r => r.UpdatedAt).ThenByDescending(r => r.Id).Take(Most)
                .Select(r => new Row(r.Id, r.Kind, r.Title, r.UpdatedAt)).ToListAsync(ct));
        }

        return [.. rows.OrderByDescending(r => r.At).Take(Most)];
    }

    private IReadOnlyList<Recent> Shown(List<Row> rows) => [.. from row in rows let type = types.Find(row.Kind)! select new Recent(row.Id, type, row.Title, type.UrlOf(row.Id), row.At)];

    private sealed record Row(Guid Id, string Kind, string Title, DateTimeOffset At);
}
