using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Kernel.Removal;
using Crm.Ui.Shell;
using Microsoft.AspNetCore.Mvc;

namespace Crm.Kernel.RecordPages;

/// <summary>What of a record type lies in the bin: out of it, or gone for good.</summary>
internal sealed class BinListModel(RecordBin bin) : TypedPage
{
    private const int Most = 200;

    public IReadOnlyList<BinnedRecord> Rows { get; private set; } = [];

    public bool IsMore => Rows.Count == Most;

    public bool MayPurge => Rights.May(CorePermissions.PurgeRecords.Name);

    public async Task OnGetAsync() => Rows = await bin.ReadAsync(Type, Most, Ct);

    public async Task<IActionResult> OnPostAsync(Guid? purge, string? days)
    {
        if (purge is { } id)
        {
            await bin.PurgeAsync(Type, id, Ct);
            TempData.Toast(L["Removed for good"]);
            return GoTo(Type.ListUrl + "/bin");
        }

        if (!int.TryParse(days, out var age) || age is < 0 or > 36_500)
        {
            await OnGetAsync();
            ModelState.AddModelError("days", L["Give a number of days from 0 up."]);
            Response.StatusCode = 422;
            return Page();
        }

        var count = await bin.PurgeOldAsync(Type, age, Ct);
        TempData.Toast(L["{0} removed for good", count]);
        return GoTo(Type.ListUrl + "/bin");
    }
}
