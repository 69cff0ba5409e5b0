using Crm.Abstractions.Records;
using Crm.Kernel.Bulk;
using Crm.Kernel.Records;
using Crm.Ui.Shell;
using Microsoft.AspNetCore.Mvc;

namespace Crm.Kernel.RecordPages;

/// <summary>An act on the rows chosen in a list, or on all that the list's filter leaves: few at once, many by the worker, each one act that can be undone.</summary>
internal sealed class BulkModel(BulkDoor bulk, BulkRun run, IUserZone zone) : TypedPage
{
    private const int AtOnce = 200;
    private const int MostChosen = 5_000;
    private const int MostCounted = 1_000_000;

    /// <summary>The input of the field that is to be set, or null.</summary>
    public FormInput? Input { get; private set; }

    public async Task<IActionResult> OnGetAsync(string? field)
    {
        if (!IsFragment)
            return LocalRedirect(Type.ListUrl);
        var found = (await BulkEdits.FieldsAsync(Door, Ct)).FirstOrDefault(f => string.Equals(f.Name, field, StringComparison.OrdinalIgnoreCase));
        Input = found is null ? null : FormInput.Of(found, "set.", "bulk-form", L);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid[] id, string? act, string? tag, string? back, string? all, string? filter, string? q)
    {
        var edit = await BulkEdits.ReadAsync(this, act ?? "", (tag ?? "").Trim(), zone.Zone, Ct);
        if (edit is null)
            return Refuse(400, L["Say what to do with them."]);
        var chosen = id.Distinct().ToList();
        // What a search found is a list of its own length.
        if (all == "on")
            chosen = string.IsNullOrWhiteSpace(q) ? null : await FoundAsync(filter, q);
        if (chosen is { Count: 0 or > MostChosen })
            return Refuse(400, L["Choose between 1 and {0} rows.", MostChosen]);
        long total = chosen?.Count ?? await Door.CountAsync(filter, MostCounted, Ct);
        var told = edit with { Ids = chosen, Filter = chosen is null ? filter : null };
        var begun = await bulk.BeginAsync(EditWork.Name, WhatOf(told, total), told, total < MostCounted ? total : null, Ct);
        if (total > AtOnce)
        {
            bulk.Wake();
            return GoTo($"/acts/{begun.Id}");
        }

        var done = await run.FinishAsync(begun.Id, Ct);
        if (done.Failed > 0 || done.State != BulkState.Done)
            return GoTo($"/acts/{begun.Id}");
        TempData.Toast(L["Done for {0}", done.Done], $"/acts/{begun.Id}?handler=Undo");
        return LocalRedirect(Url.IsLocalUrl(back) ? back! : Type.ListUrl);
    }

    private async Task<List<Guid>> FoundAsync(string? filter, string text)
    {
        var ids = new List<Guid>();
        for (string? after = null; ;)
        {
            var page = await Door.ListAsync(new RecordQuery(filter, Limit: 200, After: after, Text: text, Fields: []), Ct);
            ids.AddRange(page.Items.Select(i => i.Id));
            if ((after = page.Next) is null)
                return ids;
        }
    }

    private string WhatOf(EditTold told, long total)
    {
        var things = total == 1 ? Type.Label : Type.PluralLabel;
        return told.Act switch
        {
            "delete" => $"Deleted {total} {things.ToLowerInvariant()}",
            "tag" => $"Tagged {total} {things.ToLowerInvariant()}",
            "set" => $"Set {Type.Find(told.Name!)?.Label} of {total} {things.ToLowerInvariant()}",
            _ => $"{Deeds.First(d => d.Name == told.Name).Label}: {total} {things.ToLowerInvariant()}",
        };
    }
}
