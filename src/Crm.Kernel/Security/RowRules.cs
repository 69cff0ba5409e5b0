using System.Linq.Expressions;
using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Kernel.Data;
using Crm.Kernel.Records;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.Security;

/// <summary>The rule on rows as a condition that the database asks of each.</summary>
/// <param name="visibility">Knows which types a reader may see at all, and what is shared with him.</param>
/// <param name="listsShared">
/// PostgreSQL plans by numbers: a list of what is shared tells it how few they are, and takes it some milliseconds to think over. Who goes through
/// all of a type gives the list; who asks for records by their keys has no use for the thought.
/// </param>
internal sealed class RowRules(KernelDb db, RecordTypes types, RecordVisibility visibility, bool listsShared)
{
    private readonly Dictionary<(Rights Rights, RoleScope Scope), Expression<Func<Spine, bool>>> _ofScope = [];

    /// <summary>Live rows of some kinds, whatever hangs on what; a kind that the reader may not see has none.</summary>
    /// <param name="kinds">The kinds.</param>
    /// <param name="rights">The reader's.</param>
    /// <param name="ct">Ends the read.</param>
    /// <param name="hosts">The kinds on which those rows hang that hang on others, where that is known.</param>
    public async Task<Expression<Func<Spine, bool>>> OfKindsAsync(IEnumerable<string> kinds, Rights rights, CancellationToken ct, IReadOnlyCollection<string>? hosts = null)
    {
        var seen = kinds.Distinct(StringComparer.Ordinal).Select(types.Find).OfType<RecordType>().Where(t => !t.IsUnion && visibility.MaySee(t, rights)).ToList();
        Expression<Func<Spine, bool>>? rule = null;
        foreach (var group in seen.Where(t => !t.IsDependant).GroupBy(t => rights.ScopeOf(t.ViewPermission)!.Value, t => t.Name))
        {
            var part = group.Key == RoleScope.All ? IsOf([.. group]) : Spines.And(IsOf([.. group]), await OfScopeAsync(rights, group.Key, ct));
            rule = rule is null ? part : rule.Or(part);
        }

        foreach (var group in seen.Where(t => t.IsDependant).GroupBy(t => string.Join(',', hosts is null ? t.Hosts : []), StringComparer.Ordinal))
        {
            var part = Spines.And(IsOf([.. group.Select(t => t.Name)]), Spines.On<Spine>(await OfDeciderAsync(hosts ?? group.First().Hosts, rights, ct), r => r.DecidedBy!));
            rule = rule is null ? part : rule.Or(part);
        }

        var several = seen.Where(t => t.ConcernsRecords && (t.IsDependant || rights.ScopeOf(t.ViewPermission) != RoleScope.All)).Select(t => t.Name).ToList();
        if (several.Count > 0)
            rule = rule!.Or(Spines.And(IsOf(several), await ConcernedAsync(rights, ct)));
        return rule ?? (_ => false);
    }

    /// <summary>A row that hangs on another, which decides.</summary>
    public async Task<Expression<Func<Spine, bool>>> HangingAsync(RecordType type, Rights rights, CancellationToken ct)
    {
        var decider = Spines.On<Spine>(await OfDeciderAsync(type.Hosts, rights, ct), r => r.DecidedBy!);
        return type.ConcernsRecords ? decider.Or(await ConcernedAsync(rights, ct)) : decider;
    }

    /// <summary>One of the further records that a row concerns is seen. What concerns others itself is no such record: there is no end of it.</summary>
    public async Task<Expression<Func<Spine, bool>>> ConcernedAsync(Rights rights, CancellationToken ct)
    {
        var rule = await AliveAsync(types.All.Where(t => t is { IsUnion: false, IsDependant: false, ConcernsRecords: false }), rights, ct);
        var seen = db.Records.Where(rule);
        return r => db.Set<RecordAbout>().Any(a => a.RecordId == r.Id && seen.Any(s => s.Id == a.AboutId));
    }

    /// <summary>A row by owner, departments and shares. Said once for each scope: a question that asks it at several places gives the database its values once.</summary>
    public async ValueTask<Expression<Func<Spine, bool>>> OfScopeAsync(Rights rights, RoleScope scope, CancellationToken ct) =>
        _ofScope.TryGetValue((rights, scope), out var rule) ? rule : _ofScope[(rights, scope)] = await MakeAsync(rights, scope, ct);

    /// <summary>His own. While a hand-over runs, what still stands under the old owner's name is the heir's.</summary>
    public static Expression<Func<Spine, bool>> Owned(Rights rights)
    {
        var me = rights.UserId;
        if (rights.Predecessors.Count == 0)
            return r => r.OwnerId == me;
        var all = rights.Owners;
        return r => all.Contains(r.OwnerId!.Value);
    }

    /// <summary>Rows of a kind, or of some.</summary>
    public static Expression<Func<Spine, bool>> IsOf(List<string> names)
    {
        if (names is not [var name])
            return r => names.Contains(r.Kind);
        return r => r.Kind == name;
    }

    private async Task<Expression<Func<Spine, bool>>> MakeAsync(Rights rights, RoleScope scope, CancellationToken ct)
    {
        var tree = rights.Subtree;
        var rule = scope == RoleScope.Department && tree.Count > 0 ? Owned(rights).Or(r => tree.Contains(r.DepartmentId!.Value)) : Owned(rights);
        if (listsShared && !db.IsSqlite)
        {
            var ids = await visibility.ExtraAsync(rights, ct);
            return rule.Or(r => ids.Contains(r.Id));
        }

        // Read once within the question, and only where a row comes so far.
        var shared = visibility.Extra(rights);
        return rule.Or(r => shared.Contains(r.Id));
    }

    // The kinds that may decide, each by its own permission's scope: any that hangs on none, where none are named.
    private Task<Expression<Func<Spine, bool>>> OfDeciderAsync(IReadOnlyCollection<string> hosts, Rights rights, CancellationToken ct) =>
        AliveAsync(types.All.Where(t => t is { IsUnion: false, IsDependant: false } && (hosts.Count == 0 || hosts.Contains(t.Name))), rights, ct);

    private async Task<Expression<Func<Spine, bool>>> AliveAsync(IEnumerable<RecordType> kinds, Rights rights, CancellationToken ct) =>
        Spines.And(r => r.DeletedAt == null, await OfKindsAsync(kinds.Select(t => t.Name), rights, ct));
}
