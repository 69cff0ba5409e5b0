using Crm.Abstractions.Records;
using Crm.Kernel.Records;

namespace Crm.Kernel.Removal;

/// <summary>Removes what has lain in the bins of several types for so many days.</summary>
internal sealed class PurgeOld(RecordTypes types, RecordBin bin)
{
    /// <param name="only">These types; all where null. What hangs on others goes after them, as far as it did not go with them.</param>
    public async Task<int> RunAsync(int days, IReadOnlyList<RecordType>? only, CancellationToken ct)
    {
        var count = 0;
        foreach (var type in (only ?? types.All).Where(t => !t.IsUnion).OrderBy(t => t.IsDependant))
            count += await bin.PurgeOldAsync(type, days, ct);
        return count;
    }
}
