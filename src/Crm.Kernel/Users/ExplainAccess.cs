using Crm.Abstractions.Modules;
using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Kernel.Data;
using Crm.Kernel.Records;
using Crm.Kernel.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Users;

/// <summary>One rule's answer.</summary>
internal sealed record AccessReason(bool Grants, string Rule, string Detail);

/// <summary>May somebody see a record, and by which rules.</summary>
internal sealed record AccessAnswer(bool MaySee, Spine Record, IReadOnlyList<AccessReason> Reasons);

/// <summary>Answers "why may X see this?". The verdict is the one rule's that every door asks; the reasons say what it found.</summary>
internal sealed class ExplainAccess(KernelDb db, RightsReader reader, RecordTypes types, IModuleSwitches switches, IServiceScopeFactory scopes)
{
    /// <exception cref="RecordMissing">There is no such record.</exception>
    public async Task<AccessAnswer> RunAsync(Guid user, Guid recordId, CancellationToken ct)
    {
        var record = await db.Records.AsNoTracking().Include(r => r.DecidedBy).FirstOrDefaultAsync(r => r.Id == recordId, ct) ?? throw new RecordMissing();
        var rights = await reader.ReadAsync(user, null, ct);
        var reasons = new List<AccessReason>();
        if (rights.UserId is null)
            reasons.Add(new(false, "Deactivated", "This user is deactivated and can't sign in."));
        if (record.DeletedAt is not null)
            reasons.Add(new(false, "In the bin", "It was deleted and is in the bin."));
        if (CheckType(types.Find(record.Kind), rights, reasons) is { } type)
        {
            await CheckRowAsync(record, type, rights, reasons, ct);
            if (type.ConcernsRecords)
                await CheckConcernedAsync(user, record, reasons, ct);
        }

        return new AccessAnswer(await AskAsync(user, record, ct), record, reasons);
    }

    private async Task<bool> AskAsync(Guid user, Spine record, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Actor>().UserId = user;
        var asked = await scope.ServiceProvider.GetRequiredService<KernelDb>().VisibleAmongAsync([record.Id], ct, [record.Kind]);
        return await asked.AnyAsync(ct);
    }

    private async Task CheckConcernedAsync(Guid user, Spine record, List<AccessReason> reasons, CancellationToken ct)
    {
        foreach (var about in await db.Records.AsNoTracking().Where(r => db.Set<RecordAbout>().Any(a => a.RecordId == record.Id && a.AboutId == r.Id)).ToListAsync(ct))
        {
            if (types.Find(about.Kind) is { ConcernsRecords: false } && await AskAsync(user, about, ct))
                reasons.Add(new(true, "Concerns another record", $"It concerns {about.Title}, which this user sees."));
        }
    }

    private RecordType? CheckType(RecordType? type, Rights rights, List<AccessReason> reasons)
    {
        if (type is null)
        {
            reasons.Add(new(false, "No module", "The module that this belongs to is not installed."));
            return null;
        }

        if (!switches.IsOn(types.FeatureOf(type), rights.Departments))
            reasons.Add(new(false, "Module off", $"{types.FeatureOf(type)} is off for the site or for all departments of this user."));
        if (!rights.May(type.ViewPermission))
            reasons.Add(new(false, "No permission", $"No role of this user grants {type.ViewPermission}."));
        return type;
    }

    private async Task CheckRowAsync(Spine record, RecordType type, Rights rights, List<AccessReason> reasons, CancellationToken ct)
    {
        var decider = record;
        var permission = type.ViewPermission;
        if (type.IsDependant && record.DecidedBy is { } above)
        {
            decider = above;
            reasons.Add(new(true, "Hangs on another record", $"Who sees it is decided by {above.Title}."));
            if (CheckType(types.Find(above.Kind), rights, reasons) is not { } deciding)
                return;
            permission = deciding.ViewPermission;
            if (above.DeletedAt is not null)
                reasons.Add(new(false, "In the bin", $"{above.Title} was deleted and is in the bin."));
        }

        if (rights.ScopeOf(permission) is not { } scope)
            return;
        var before = reasons.Count(r => r.Grants);
        if (scope == RoleScope.All)
            reasons.Add(new(true, "Role sees all", $"A role of this user grants {permission} for all records."));
        if (decider.OwnerId == rights.UserId)
            reasons.Add(new(true, "Owner", "This user owns it."));
        else if (rights.Owns(decider.OwnerId))
            reasons.Add(new(true, "Handed over", $"It still stands under the name of {await NameAsync(decider.OwnerId, ct)}, whose records were all handed over to this user: they are this user's own while the rows follow."));
        if (scope == RoleScope.Department && decider.DepartmentId is { } department && rights.Subtree.Contains(department))
            reasons.Add(new(true, "Department", "It belongs to a department of this user, or to one below, and a role reaches these."));
        await CheckNamedAsync(decider, rights, reasons, ct);
        if (reasons.Count(r => r.Grants) == before)
            reasons.Add(new(false, "Out of reach", $"A role grants {permission} with the reach “{scope}”, and this user neither owns nor manages it, nor is it shared with him."));
    }

    private Task<string?> NameAsync(Guid? user, CancellationToken ct) => db.Set<User>().Where(u => u.Id == user).Select(u => u.Name).FirstOrDefaultAsync(ct);

    private async Task CheckNamedAsync(Spine decider, Rights rights, List<AccessReason> reasons, CancellationToken ct)
    {
        if (rights.UserId is not { } me)
            return;
        var managers = await db.Set<RecordManager>().Where(m => m.RecordId == decider.Id).Select(m => m.UserId).ToListAsync(ct);
        if (managers.Contains(me))
            reasons.Add(new(true, "Account manager", "This user is a further account manager of it."));
        else if (managers.Exists(m => rights.Predecessors.Contains(m)))
            reasons.Add(new(true, "Handed over", "A further account manager of it handed everything over to this user: the rows follow."));
        var principals = rights.Departments.Append(me).ToList();
        foreach (var share in await db.Set<RecordShare>().AsNoTracking().Where(s => s.RecordId == decider.Id && principals.Contains(s.PrincipalId)).ToListAsync(ct))
        {
            reasons.Add(share.PrincipalId == me
                ? new(true, "Shared", "It is shared with this user by name.")
                : new(true, "Shared", "It is shared with a department of this user."));
        }
    }
}
