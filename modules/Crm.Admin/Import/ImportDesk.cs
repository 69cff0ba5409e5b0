using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Kernel.Data;
using Crm.Kernel.Import;
using Crm.Kernel.Modules;
using Microsoft.EntityFrameworkCore;
using ImportRow = Crm.Kernel.Import.Import;

namespace Crm.Admin.Import;

/// <summary>What somebody may import, and which imports are his to look at.</summary>
internal sealed class ImportDesk(KernelDb db, IRecordTypes types, Contributions contributions, ImportFiles files)
{
    public async Task<IReadOnlyList<RecordType>> TypesAsync(CancellationToken ct)
    {
        var rights = await db.RightsAsync(ct);
        return types.All.Where(t => !t.IsUnion && rights.May(t.ViewPermission) && rights.May(t.EditPermission) && contributions.IsOn(t.GetType(), rights)).ToList();
    }

    /// <summary>A draft of the caller's own, with its type; null where there is none.</summary>
    public async Task<(ImportDraft Draft, RecordType Type)?> DraftAsync(Guid id, CancellationToken ct)
    {
        var rights = await db.RightsAsync(ct);
        if (await files.ReadAsync(id, ct) is not { } draft || draft.UserId != rights.UserId)
            return null;
        return (await TypesAsync(ct)).FirstOrDefault(t => t.Name == draft.Kind) is { } type ? (draft, type) : null;
    }

    /// <summary>The imports that the caller may look at: his own, and an administrator's are all.</summary>
    public async Task<IQueryable<ImportRow>> ImportsAsync(CancellationToken ct)
    {
        var rights = await db.RightsAsync(ct);
        var all = db.Set<ImportRow>().AsNoTracking();
        return rights.May(CorePermissions.AdministerSite.Name) ? all : all.Where(i => i.UserId == rights.UserId);
    }
}
