using Crm.Abstractions.Data;
using Crm.Abstractions.Records;

namespace Crm.Activities.Interactions;

/// <summary>What the three decisions about a claimed result share.</summary>
internal abstract class DecideResult(CrmDb db, TimeProvider clock, ResultState state) : IVerb<Interaction>
{
    public async Task RunAsync(Interaction record, IReadOnlyDictionary<string, object?> input, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(input);
        var rights = await db.RightsAsync(ct);
        record.Decide(state, rights.UserId, input.GetValueOrDefault("reason") as string, clock.GetUtcNow());
        await db.SaveChangesAsync(ct);
    }
}

/// <summary>Believes a claimed result: it counts from now on.</summary>
internal sealed class ConfirmResult(CrmDb db, TimeProvider clock) : DecideResult(db, clock, ResultState.Confirmed);

/// <summary>Does not believe a claimed result.</summary>
internal sealed class RejectResult(CrmDb db, TimeProvider clock) : DecideResult(db, clock, ResultState.Rejected);

/// <summary>Takes a confirmed result back, as when the money was withdrawn.</summary>
internal sealed class ReverseResult(CrmDb db, TimeProvider clock) : DecideResult(db, clock, ResultState.Reversed);
