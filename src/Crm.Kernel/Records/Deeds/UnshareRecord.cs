using Crm.Abstractions.Records;
using Crm.Kernel.Data;
using Crm.Kernel.Security;

namespace Crm.Kernel.Records.Deeds;

/// <summary>Ends the sharing of a record with a colleague or a department.</summary>
internal sealed class UnshareRecord(KernelDb db) : IVerb<IRecord>
{
    public async Task RunAsync(IRecord record, IReadOnlyDictionary<string, object?> input, CancellationToken ct)
    {
        if (await db.Set<RecordShare>().FindAsync([ShareRecord.Principal(input), record.Id], ct) is not { } share)
            return;
        db.Remove(share);
        await db.SaveChangesAsync(ct);
    }
}
