using System.Linq.Expressions;
using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Kernel.Data;
using Crm.Kernel.Modules;
using Crm.Kernel.Records;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.Security;

/// <summary>Who sees a row, said once: owner, managers, shares, the role's scope. Every door asks here.</summary>
internal sealed class RecordVisibility(KernelDb db, RecordTypes types, Contributions contributions, PermissionCatalog permissions)
{
    // Above this many visible rows the database does better testing each row than collecting ids.
    private const int FewRows = 3000;

    // Each department below his is a range of its own; above so many, most rows are his and one condition finds them fast.
    private const int MostRanges = 8;

    // For so many the question is short, whether there are any of them or not.
    private const int FewKinds = 2;
    private RowRules? _rules;
    private RowRules? _rulesByKey;
    private IReadOnlyList<Guid>? _extra;

    private RowRules Rules => _rules ??= new(db, types, this, listsShared: true);

    private RowRules RulesByKey => _rulesByKey ??= new(db, types, this, listsShared: false);

    /// <summary>What the reader sees of a type.</summary>
    /// <param name="isMuch">Whether much of it is gone through, and not what some records lead to.</param>
    /// <param name="ct">Ends the read.</param>
    public async Task<IQueryable<T>> OfTypeAsync<T>(bool isMuch, CancellationToken ct)
        where T : class, IRecord
    {
        var rules = isMuch ? Rules : RulesByKey;
        var rights = await db.RightsAsync(ct);
        var type = types.Of(typeof(T));
        var set = db.Set<T>();
        if (!MaySee(type, rights))
            return set.Where(_ => false);
        var alive = set.Where(r => r.Spine.DeletedAt == null);
        if (type.IsDependant)
            return alive.Where(Spines.On<T>(await rules.HangingAsync(type, rights, ct), r => r.Spine));
        if (type.IsUnion)
            return alive.Where(Spines.On<T>(await rules.OfKindsAsync(type.Kinds, rights, ct), r => r.Spine));
        var scope = rights.ScopeOf(type.ViewPermission)!.Value;
        return type.ConcernsRecords && scope != RoleScope.All
            ? alive.Where(Spines.On<T>((await rules.OfScopeAsync(rights, scope, ct)).Or(await rules.ConcernedAsync(rights, ct)), r => r.Spine))
            : await LimitAsync(alive, rules, rights, scope, type.Name, ct);
    }

    /// <summary>The same, for who goes through all that the reader sees, to list, count or sum it: what hangs on few records or concerns them is found from their side.</summary>
    public async Task<IQueryable<T>> WholeAsync<T>(CancellationToken ct)
        where T : class, IRecord
    {
        var rights = await db.RightsAsync(ct);
        var type = types.Of(typeof(T));
        if (type.IsUnion || !(type.IsDependant || type.ConcernsRecords) || !MaySee(type, rights)
            || await new FewRecords(db, this, types).OfAsync(type, rights, ct) is not var (ids, isHandful))
            return await OfTypeAsync<T>(isMuch: true, ct);
        var alive = db.Set<T>().Where(r => r.Spine.DeletedAt == null);
        // A handful is looked up and sorted. Of more the list is gone through in its order, each asked whether it is in the set: said so that the databases don't turn it round.
        return isHandful ? alive.Where(r => ids.Contains(r.Id)) : alive.Where(r => (ids.Contains(r.Id) ? 1 : 0) == 1);
    }

    public async Task<IQueryable<Spine>> OfKindsAsync(IReadOnlyCollection<string> kinds, CancellationToken ct)
    {
        var rule = await Rules.OfKindsAsync(kinds, await db.RightsAsync(ct), ct);
        return db.Records.Where(r => r.DeletedAt == null).Where(rule);
    }

    /// <summary>What the reader sees of some records: their kinds are read first where many are possible, that the database need not think of all.</summary>
    public async Task<IQueryable<Spine>> AmongAsync(IReadOnlyCollection<Guid> ids, IReadOnlyCollection<string>? kinds, CancellationToken ct)
    {
        if (ids.Count == 0)
            return db.Records.Where(_ => false);
        var among = db.Records.Where(IsAmong([.. ids.Distinct()]));
        var (alive, rights) = (among.Where(r => r.DeletedAt == null), await db.RightsAsync(ct));
        if (kinds is { Count: <= FewKinds } && kinds.All(k => types.Find(k) is { IsDependant: false }))
            return alive.Where(await RulesByKey.OfKindsAsync(kinds, rights, ct));
        var found = await among.Select(r => new { r.Kind, Host = (string?)r.DecidedBy!.Kind }).Distinct().ToListAsync(ct);
        return alive.Where(await RulesByKey.OfKindsAsync(
            found.Select(f => f.Kind).Where(k => kinds is null || kinds.Contains(k)), rights, ct, [.. found.Select(f => f.Host).OfType<string>().Distinct(StringComparer.Ordinal)]));
    }

    /// <summary>What lies in the bin and would be seen outside it. What hangs on a record in the bin lies there with it.</summary>
    public async Task<IQueryable<Spine>> BinnedAsync(RecordType type, CancellationToken ct)
    {
        var rights = await db.RightsAsync(ct);
        var binned = db.Records.Where(r => r.DeletedAt != null && r.Kind == type.Name);
        if (type.IsUnion || !MaySee(type, rights))
            return binned.Where(_ => false);
        return binned.Where(type.IsDependant ? await Rules.HangingAsync(type, rights, ct) : await Rules.OfKindsAsync([type.Name], rights, ct));
    }

    /// <summary>
    /// What the reader sees of the kinds, in parts that are each a range of an index; a row may be in several.
    /// Null where there is no telling it so: what hangs on others, and a reader of many departments.
    /// </summary>
    public async Task<IReadOnlyList<IQueryable<Spine>>?> RangesAsync(IReadOnlyCollection<string> kinds, CancellationToken ct)
    {
        var rights = await db.RightsAsync(ct);
        var ranges = new List<IQueryable<Spine>>();
        foreach (var type in kinds.Select(k => types.Find(k)!).Where(t => MaySee(t, rights)))
        {
            var scope = rights.ScopeOf(type.ViewPermission)!.Value;
            if (type.IsDependant || (type.ConcernsRecords && scope != RoleScope.All) || rights.Predecessors.Count + (scope == RoleScope.Department ? rights.Subtree.Count : 0) > MostRanges)
                return null;
            ranges.AddRange(RangesOf(type.Name, scope, rights));
        }

        return ranges;
    }

    /// <summary>The ids of what the reader sees of types that hang on nothing, each by its own scope, in ranges of an index; one may come twice. Null where there are no types.</summary>
    public IQueryable<Guid>? Arms(IEnumerable<RecordType> of, Rights rights) => of
        .GroupBy(t => rights.ScopeOf(t.ViewPermission)!.Value, t => t.Name)
        .Select(g => Arms([.. g], g.Key, rights))
        .Aggregate((IQueryable<Guid>?)null, (all, one) => all is null ? one : all.Concat(one));

    public async Task<bool> MayAsync(string permission, Spine record, CancellationToken ct)
    {
        var rights = await db.RightsAsync(ct);
        if (rights.ScopeOf(permission) is not { } scope)
            return false;
        // A permission that isn't about rows reaches whatever its holder sees: who sees a customer may write a note.
        if (scope == RoleScope.All || !permissions.IsScoped(permission))
            return true;
        var decider = record.DecidedById is { } id
            ? record.DecidedBy ?? await db.Records.AsNoTracking().FirstAsync(r => r.Id == id, ct)
            : record;
        if (rights.Owns(decider.OwnerId))
            return true;
        if (scope == RoleScope.Department && decider.DepartmentId is { } department && rights.Subtree.Contains(department))
            return true;
        if (await Managed(rights).AnyAsync(m => m.RecordId == decider.Id, ct))
            return true;
        var principals = Principals(rights);
        var isView = types.All.Any(t => string.Equals(t.ViewPermission, permission, StringComparison.Ordinal));
        if (await db.Set<RecordShare>().AnyAsync(s => principals.Contains(s.PrincipalId) && s.RecordId == decider.Id && (isView || s.MayEdit), ct))
            return true;
        return isView && types.Find(record.Kind) is { ConcernsRecords: true } && await db.Records.Where(r => r.Id == record.Id).AnyAsync(await RulesByKey.ConcernedAsync(rights, ct), ct);
    }

    /// <summary>Says whether somebody may see records of a type at all: permission held, module on.</summary>
    public bool MaySee(RecordType type, Rights rights) => rights.May(type.ViewPermission) && contributions.IsOn(type.GetType(), rights);

    // The ids of the kinds' live records that the reader sees by the rule on rows, each arm a range of an index.
    private IQueryable<Guid> Arms(IReadOnlyCollection<string> kinds, RoleScope scope, Rights rights)
    {
        var names = kinds.ToList();
        var alive = db.Records.Where(r => names.Contains(r.Kind) && r.DeletedAt == null);
        // One kind at a time, which is the beginning of an index.
        if (scope == RoleScope.All)
            return names.Select(n => db.Records.Where(r => r.DeletedAt == null).Where(RowRules.IsOf([n])).Select(r => r.Id)).Aggregate((a, b) => a.Concat(b));
        var extra = Extra(rights);
        // By their ids, of which there are few: the index of the kind is hidden from the planner.
        var ids = alive.Where(RowRules.Owned(rights)).Select(r => r.Id)
            .Concat(db.Records.Where(r => names.Contains(r.Kind + "") && r.DeletedAt == null && extra.Contains(r.Id)).Select(r => r.Id));
        if (scope != RoleScope.Department || rights.Subtree.Count == 0)
            return ids;
        var tree = rights.Subtree;
        if (tree.Count > MostRanges)
            return ids.Concat(alive.Where(r => tree.Contains(r.DepartmentId!.Value)).Select(r => r.Id));
        // A department at a time: a list of them SQLite takes for most of the table, which it then reads whole.
        return tree.Aggregate(ids, (all, department) => all.Concat(alive.Where(r => r.DepartmentId == department).Select(r => r.Id)));
    }

    /// <summary>Says whether a role's scope limits the type's rows.</summary>
    public bool IsScoped(RecordType type) => permissions.IsScoped(type.ViewPermission);

    private static List<Guid> Principals(Rights rights) => rights.UserId is { } me ? [me, .. rights.Departments] : [];

    private IEnumerable<IQueryable<Spine>> RangesOf(string kind, RoleScope scope, Rights rights)
    {
        var alive = db.Records.AsNoTracking().Where(r => r.DeletedAt == null);
        if (scope == RoleScope.All)
        {
            yield return alive.Where(r => r.Kind == kind);
            yield break;
        }

        foreach (var owner in rights.Owners)
            yield return alive.Where(r => r.OwnerId == owner && r.Kind == kind);
        foreach (var department in scope == RoleScope.Department ? rights.Subtree : [])
            yield return alive.Where(r => r.DepartmentId == department && r.Kind == kind);
        var extra = Extra(rights);
        // By their ids, of which there are few: the index of the kind is hidden from the planner.
        yield return alive.Where(r => r.Kind + "" == kind && extra.Contains(r.Id));
    }

    private static Expression<Func<Spine, bool>> IsAmong(List<Guid> ids)
    {
        if (ids is not [var id])
            return r => ids.Contains(r.Id);
        return r => r.Id == id;
    }

    private IQueryable<RecordManager> Managed(Rights rights)
    {
        var me = rights.UserId;
        if (rights.Predecessors.Count == 0)
            return db.Set<RecordManager>().Where(m => m.UserId == me);
        var all = rights.Owners;
        return db.Set<RecordManager>().Where(m => all.Contains(m.UserId));
    }

    private async Task<IQueryable<T>> LimitAsync<T>(IQueryable<T> alive, RowRules rules, Rights rights, RoleScope scope, string kind, CancellationToken ct)
        where T : class, IRecord
    {
        if (scope == RoleScope.All)
            return alive;
        if (db.IsSqlite)
        {
            var ids = Collected(rights, scope, kind);
            if (await Sizes.OfAsync(rights, $"rows {kind} {scope}", () => ids.Take(FewRows + 1).CountAsync(ct)) <= FewRows)
                return alive.Where(r => ids.Contains(r.Id));
        }

        return alive.Where(Spines.On<T>(await rules.OfScopeAsync(rights, scope, ct), r => r.Spine));
    }

    // Each arm is one index range; SQLite runs an OR over them as a scan.
    private IQueryable<Guid> Collected(Rights rights, RoleScope scope, string kind)
    {
        var ids = db.Records.Where(RowRules.Owned(rights)).Where(r => r.Kind == kind && r.DeletedAt == null).Select(r => r.Id).Concat(Extra(rights));
        if (scope != RoleScope.Department || rights.Subtree.Count == 0)
            return ids;
        var tree = rights.Subtree;
        return ids.Concat(db.Records.Where(r => tree.Contains(r.DepartmentId!.Value) && r.Kind == kind && r.DeletedAt == null).Select(r => r.Id));
    }

    /// <summary>The same, read.</summary>
    public async Task<IReadOnlyList<Guid>> ExtraAsync(Rights rights, CancellationToken ct)
    {
        if (_extra is not null)
            return _extra;
        return _extra = await Extra(rights).Distinct().ToListAsync(ct);
    }

    /// <summary>What is shared with him, or managed by him.</summary>
    public IQueryable<Guid> Extra(Rights rights)
    {
        var principals = Principals(rights);
        return Managed(rights).Select(m => m.RecordId)
            .Concat(db.Set<RecordShare>().Where(s => principals.Contains(s.PrincipalId)).Select(s => s.RecordId));
    }
}
