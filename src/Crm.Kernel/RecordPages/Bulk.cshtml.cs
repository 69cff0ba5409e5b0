using Crm.Abstractions.Records;
using Crm.Kernel.Records;
using Crm.Ui.Shell;
using Microsoft.AspNetCore.Mvc;

namespace Crm.Kernel.RecordPages;

/// <summary>An act on the rows chosen in a list, one by one through the door, 200 at most.</summary>
internal sealed class BulkModel : TypedPage
{
    private const int Most = 200;

    public IActionResult OnGet() => LocalRedirect(Type.ListUrl);

    public async Task<IActionResult> OnPostAsync(Guid[] id, string? act, string? tag, string? back)
    {
        var url = Url.IsLocalUrl(back) ? back! : Type.ListUrl;
        var chosen = id.Distinct().ToList();
        if (chosen.Count is 0 or > Most || act is null)
            return Refuse(400, L["Choose between 1 and {0} rows.", Most]);
        var one = await ActAsync(act, tag);
        if (one is null)
            return Refuse(400, L["Say what to do with them."]);
        var (done, refused, why) = (0, 0, "");
        foreach (var record in chosen)
        {
            try
            {
                await one(record);
                done++;
            }
            catch (Exception e) when (e is RecordMissing or NotAllowed or RuleViolation or StaleRecord)
            {
                (refused, why) = (refused + 1, why.Length > 0 ? why : L[e.Message]);
            }
        }

        TempData.Toast(refused == 0 ? L["Done for {0}", done] : L["Done for {0}; not for {1}: {2}", done, refused, why]);
        return LocalRedirect(url);
    }

    private async Task<Func<Guid, Task>?> ActAsync(string act, string? tag)
    {
        if (act == "delete")
            return id => Door.DeleteAsync(id, null, Ct);
        if (act == "tag")
            return await TagAsync((tag ?? "").Trim());
        if (!act.StartsWith("do:", StringComparison.Ordinal) || Deeds.FirstOrDefault(d => d.Name == act[3..]) is not { } deed)
            return null;
        var input = DeedForm.Read(deed, Request.Form, deed.Name + ".", TimeZoneInfo.Utc);
        return id => Door.DoAsync(id, deed.Name, input, null, Ct);
    }

    private async Task<Func<Guid, Task>?> TagAsync(string tag)
    {
        var field = (await Door.FieldsAsync(Ct)).FirstOrDefault(f => f is { Kind: FieldKind.ManyOf, IsEditable: true, Options.Count: 0 });
        if (field is null || tag.Length is 0 or > 60)
            return null;
        return async id =>
        {
            var record = await Door.FindAsync(id, Ct) ?? throw new RecordMissing();
            var tags = record.Values.GetValueOrDefault(field.Name) as IReadOnlyList<string> ?? [];
            if (!tags.Contains(tag, StringComparer.OrdinalIgnoreCase))
                await Door.UpdateAsync(id, new Dictionary<string, object?> { [field.Name] = tags.Append(tag).ToList() }, record.Version, Ct);
        };
    }
}
