using System.Globalization;
using Crm.Kernel.Bulk;
using Microsoft.Extensions.Localization;

namespace Crm.Kernel.BulkPages;

/// <summary>How an act stands, in words.</summary>
internal static class ActWords
{
    public static string State(BulkAct act, IStringLocalizer l) => act.State switch
    {
        BulkState.Waiting => l["Waits for its turn"],
        BulkState.Running => l["Under way"],
        BulkState.Stopped => l["Stopped"],
        BulkState.Failed => l["Failed"],
        BulkState.Undone => l["Undone"],
        _ => l["Done"],
    };

    /// <summary>The class of a badge.</summary>
    public static string Badge(BulkAct act) => act.State switch
    {
        BulkState.Waiting or BulkState.Running => "badge bg-blue-lt",
        BulkState.Failed => "badge bg-red-lt",
        BulkState.Stopped => "badge bg-yellow-lt",
        BulkState.Undone => "badge bg-secondary-lt",
        _ => "badge bg-green-lt",
    };

    /// <summary>From 0 to 100; null where nobody knows how much there is.</summary>
    public static int? Percent(BulkAct act) => act.Total is > 0 and { } total ? (int)Math.Min(100, (act.Done + act.Failed) * 100 / total) : null;

    public static string Number(long number) => number.ToString("N0", CultureInfo.CurrentCulture);
}
