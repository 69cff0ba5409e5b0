using Crm.Abstractions.Records;
using Crm.Kernel.Data;
using Crm.Kernel.Security;

namespace Crm.Kernel.Records.Deeds;

/// <summary>Names a further account manager beside the owner.</summary>
internal sealed class AddAccountManager(KernelDb db) : IVerb<IRecord>
{
    public async Task RunAsync(IRecord record, IReadOnlyDictionary<string, object?> input, CancellationToken ct)
    {
        var user = (Guid)input["user"]!;
        if (await db.Set<RecordManager>().FindAsync([user, record.Id], ct) is not null)
            return;
        db.Add(new RecordManager { UserId = user, RecordId = record.Id });
        await db.SaveChangesAsync(ct);
    }
}
