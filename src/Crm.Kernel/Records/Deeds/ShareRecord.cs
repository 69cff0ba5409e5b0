using Crm.Abstractions.Records;
using Crm.Kernel.Data;
using Crm.Kernel.Security;

namespace Crm.Kernel.Records.Deeds;

/// <summary>Shares a record with a colleague or a department.</summary>
internal sealed class ShareRecord(KernelDb db, Actor actor, TimeProvider clock) : IVerb<IRecord>
{
    /// <summary>The one that is named: a user or a department, not both.</summary>
    public static Guid Principal(IReadOnlyDictionary<string, object?> input) => (input.GetValueOrDefault("user"), input.GetValueOrDefault("department")) switch
    {
        (Guid user, null) => user,
        (null, Guid department) => department,
        _ => throw new RuleViolation("user", "Name a colleague or a department, and not both."),
    };

    public async Task RunAsync(IRecord record, IReadOnlyDictionary<string, object?> input, CancellationToken ct)
    {
        var principal = Principal(input);
        var share = await db.Set<RecordShare>().FindAsync([principal, record.Id], ct);
        if (share is null)
            db.Add(share = new RecordShare { PrincipalId = principal, RecordId = record.Id });
        else if (!share.IsDerived && share.MayEdit == input.GetValueOrDefault("mayEdit") is true)
            return;
        // What somebody shares by hand stays until somebody takes it back.
        (share.MayEdit, share.At, share.ById, share.IsDerived) = (input.GetValueOrDefault("mayEdit") is true, clock.GetUtcNow(), actor.UserId, false);
        await db.SaveChangesAsync(ct);
    }
}
