using Crm.Abstractions.Records;
using Crm.Kernel.Data;
using Crm.Kernel.Security;

namespace Crm.Kernel.Records.Deeds;

/// <summary>Takes an account manager off a record.</summary>
internal sealed class RemoveAccountManager(KernelDb db) : IVerb<IRecord>
{
    public async Task RunAsync(IRecord record, IReadOnlyDictionary<string, object?> input, CancellationToken ct)
    {
        if (await db.Set<RecordManager>().FindAsync([(Guid)input["user"]!, record.Id], ct) is not { } managed)
            return;
        db.Remove(managed);
        await db.SaveChangesAsync(ct);
    }
}
