using Crm.Abstractions.Data;
using Crm.Abstractions.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Crm.Activities;

/// <summary>Plans what somebody is told at a moment, once: whoever was told of it is not told again because the record was edited, or an end of it taken back.</summary>
internal sealed class TellOnce(CrmDb db, IDueFacts due)
{
    /// <summary>Plans a fact for a moment, or takes back what was planned where there is none or it was told.</summary>
    /// <param name="isNew">The record was just made: nothing can have been planned or told.</param>
    public async Task PlanAsync<TFact>(Guid record, string purpose, (DateTimeOffset At, Guid User)? whom, bool isNew, Func<DateTimeOffset, TFact> fact, CancellationToken ct)
        where TFact : notnull
    {
        if (whom is { } next && (isNew || !await WasToldAsync(record, purpose, next.At, next.User, ct)))
            await due.PlanAsync(record, purpose, next.At, fact(next.At), ct);
        else if (!isNew)
            await due.CancelAsync(record, purpose, ct);
    }

    /// <summary>Notes that somebody was told. Saved with the scope's unit.</summary>
    public async Task NoteAsync(Guid record, string purpose, DateTimeOffset at, Guid user, CancellationToken ct)
    {
        if (await db.Set<ToldMoment>().FindAsync([record, purpose], ct) is not { } told)
            db.Add(told = new ToldMoment { RecordId = record, Purpose = purpose });
        (told.At, told.UserId) = (at, user);
    }

    /// <summary>The moment of which was told last, or null.</summary>
    public async Task<DateTimeOffset?> LastAsync(Guid record, string purpose, CancellationToken ct) =>
        await db.Set<ToldMoment>().AsNoTracking().Where(t => t.RecordId == record && t.Purpose == purpose).Select(t => (DateTimeOffset?)t.At).FirstOrDefaultAsync(ct);

    private async Task<bool> WasToldAsync(Guid record, string purpose, DateTimeOffset at, Guid user, CancellationToken ct) =>
        await db.Set<ToldMoment>().AsNoTracking().AnyAsync(t => t.RecordId == record && t.Purpose == purpose && t.UserId == user && t.At == at, ct);
}
