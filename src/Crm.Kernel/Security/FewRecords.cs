using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Kernel.Data;
using Crm.Kernel.Records;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.Security;

/// <summary>
/// What hangs on records and concerns them, found from the records' side: of a reader of few an index range for each of his, put together.
/// A reader of many finds his soonest in the order of the list, where each is asked for the rule.
/// </summary>
internal sealed class FewRecords(KernelDb db, RecordVisibility visibility, RecordTypes types)
{
    // Up to this many they are looked up one by one.
    private const int Handful = 500;

    // Above this a page of the list is found sooner than all of what he sees.
    private const int Most = 20_000;

    // Who sees more records than this sees much of what hangs on them.
    private const int MostDeciders = 10_000;

    /// <summary>The ids of what the reader sees of a type that hangs on records or concerns them, and whether these are a handful; null where they are many.</summary>
    public async Task<(IQueryable<Guid> Ids, bool IsHandful)?> OfAsync(RecordType type, Rights rights, CancellationToken ct)
    {
        var kinds = types.All.Where(t => !t.IsUnion && !t.IsDependant && visibility.MaySee(t, rights)).ToList();
        if (rights.IsSystem || kinds.Exists(t => rights.ScopeOf(t.ViewPermission) == RoleScope.All && visibility.IsScoped(t)))
            return null;
        var seen = visibility.Arms(kinds.Where(t => !t.ConcernsRecords), rights);
        if (seen is null || await Sizes.OfAsync(rights, "deciders", () => seen.Take(MostDeciders + 1).CountAsync(ct)) > MostDeciders)
            return null;
        var concerned = db.Set<RecordAbout>().Where(a => seen.Contains(a.AboutId)).Select(a => a.RecordId);
        var ids = type.IsDependant ? Hanging(type, kinds, rights, seen, concerned) : visibility.Arms([type], rights)!.Concat(concerned);
        return await Sizes.OfAsync(rights, $"whole {type.Name}", () => ids.Take(Most + 1).CountAsync(ct)) is var count && count > Most ? null : (ids, count <= Handful);
    }

    // On what is seen by itself, and on what concerns that; and what concerns it itself.
    private IQueryable<Guid> Hanging(RecordType type, List<RecordType> kinds, Rights rights, IQueryable<Guid> seen, IQueryable<Guid> concerned)
    {
        var several = kinds.Where(t => t.ConcernsRecords).ToList();
        var names = several.ConvertAll(t => t.Name);
        var own = visibility.Arms(several, rights);
        var hanging = db.Records.Where(r => r.Kind == type.Name);
        var ids = hanging.Where(r => seen.Contains(r.DecidedById!.Value)).Select(r => r.Id);
        if (own is not null)
        {
            var alive = db.Records.Where(r => names.Contains(r.Kind + "") && r.DeletedAt == null && concerned.Contains(r.Id)).Select(r => r.Id);
            ids = ids.Concat(hanging.Where(r => own.Contains(r.DecidedById!.Value)).Select(r => r.Id)).Concat(hanging.Where(r => alive.Contains(r.DecidedById!.Value)).Select(r => r.Id));
        }

        return type.ConcernsRecords ? ids.Concat(concerned) : ids;
    }
}
