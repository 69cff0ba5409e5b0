using Crm.Kernel.Data;
using Crm.Kernel.Import;
using Crm.Kernel.Records;

namespace Crm.Kernel.Bulk;

/// <summary>Says of a failed chunk whether its rows are to blame, and writes down which was left.</summary>
internal static class BulkFailure
{
    /// <summary>The reason; null where the failure isn't a row's.</summary>
    public static string? Of(Exception failure) => failure switch
    {
        RecordMissing or StaleRecord or BadFilter => failure.Message,
        _ => RowFailure.Of(failure),
    };

    public static BulkTally Note(KernelDb db, BulkAct act, BulkBatch batch, string reason)
    {
        db.AddRange(batch.Items.Select(i => new BulkRow { BulkId = act.Id, RecordId = i.Id, Reason = reason }));
        return new BulkTally { Failed = batch.Items.Count };
    }
}
