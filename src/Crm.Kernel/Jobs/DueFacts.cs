using System.Text.Json;
using Crm.Abstractions.Jobs;
using Crm.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.Jobs;

/// <summary>Keeps what is planned, one row a record and purpose.</summary>
internal sealed class DueFacts(KernelDb db, IEnumerable<DueFactType> types) : IDueFacts
{
    public async Task PlanAsync<TFact>(Guid about, string purpose, DateTimeOffset at, TFact fact, CancellationToken ct)
        where TFact : notnull
    {
        if (types.All(t => t.Fact != typeof(TFact)))
            throw new InvalidOperationException($"{typeof(TFact).Name} is not listed with AddDueFact.");
        var row = await FindAsync(about, purpose, ct);
        if (row is null)
            db.Add(row = new DueFact { AboutId = about, Purpose = purpose });
        (row.DueAt, row.Fact, row.Payload, row.Attempts, row.Error) = (at.ToUniversalTime(), typeof(TFact).FullName!, JsonSerializer.Serialize(fact), 0, null);
    }

    public async Task CancelAsync(Guid about, string purpose, CancellationToken ct)
    {
        if (await FindAsync(about, purpose, ct) is { } row)
            db.Remove(row);
    }

    private async Task<DueFact?> FindAsync(Guid about, string purpose, CancellationToken ct) =>
        db.Set<DueFact>().Local.FirstOrDefault(d => d.AboutId == about && d.Purpose == purpose && db.Entry(d).State != EntityState.Deleted)
        ?? await db.Set<DueFact>().FirstOrDefaultAsync(d => d.AboutId == about && d.Purpose == purpose, ct);
}
