using Crm.Abstractions.Records;
using Crm.Kernel.Data;
using Crm.Kernel.Users;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.Records.Deeds;

/// <summary>Gives a record to another owner, and with him to his department.</summary>
internal sealed class HandOver(KernelDb db) : IVerb<IRecord>
{
    public async Task RunAsync(IRecord record, IReadOnlyDictionary<string, object?> input, CancellationToken ct)
    {
        var owner = (Guid)input["owner"]!;
        var spine = record.Spine;
        spine.OwnerId = owner;
        spine.DepartmentId = await db.Set<User>().Where(u => u.Id == owner).Select(u => u.DepartmentId).FirstAsync(ct);
        await db.SaveChangesAsync(ct);
    }
}
