using System.Reflection;
using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Kernel.Bulk;
using Crm.Kernel.Data;
using Crm.Kernel.Modules;
using Crm.Kernel.Records;
using Crm.Kernel.Settings;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.Filters;

/// <summary>The records in a segment that everybody has, whoever asks: what rules about customers are made of. Nobody is "me" in it, and days are the site's.</summary>
internal sealed class SegmentMembers(KernelDb db, RecordTypes types, Contributions contributions, TitleKeys keys, SiteSettings site, TimeProvider clock)
{
    public async Task<IQueryable<Guid>> OfAsync(string kind, string name, IReadOnlyCollection<string> without, bool withBin, CancellationToken ct)
    {
        if (types.Find(kind) is not { } type)
            throw new RuleViolation("segment", "There are no records of the type '{0}'.", kind);
        var read = typeof(SegmentMembers).GetMethod(nameof(ReadAsync), BindingFlags.Instance | BindingFlags.NonPublic)!.MakeGenericMethod(type.Entity);
        try
        {
            return await (Task<IQueryable<Guid>>)read.Invoke(this, [type, name, without, withBin, ct])!;
        }
        catch (BadFilter bad)
        {
            throw new RuleViolation("segment", "This segment can't be used here: {0}", bad.Message);
        }
    }

    private FilterClock Clock()
    {
        var zone = TimeZoneInfo.TryFindSystemTimeZoneById(site.Now.TimeZone, out var found) ? found : TimeZoneInfo.Utc;
        return new(clock.GetUtcNow(), zone);
    }

    private async Task<IQueryable<Guid>> ReadAsync<T>(RecordType type, string name, IReadOnlyCollection<string> without, bool withBin, CancellationToken ct)
        where T : class, IRecord
    {
        var rows = withBin ? db.Set<T>() : db.Set<T>().Where(r => r.Spine.DeletedAt == null);
        if (name.Length == 0)
            return rows.Select(r => r.Id);
        var node = await new Segments(db, type.Name, isShared: true).NamedAsync(name, ct);
        var fields = await new RecordFields<T>(db, type, contributions, Rights.System, without).ReadyAsync(node, ct);
        var binder = new FilterBinder<T>(n => RecordFields<T>.Find(fields, n), Clock(), null, keys, await Heirs.AllAsync(db, ct));
        return rows.Where(binder.Bind(node)).Select(r => r.Id);
    }
}
