using System.Globalization;
using System.Text;
using Crm.Abstractions.Data;
using Crm.Abstractions.Pages;
using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Ui.Shell;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace Crm.Activities.Cadence;

/// <summary>Customers nobody is to forget, and those nobody is to pester: overdue and contacted too often, rule by rule.</summary>
[Permission(ActivitiesPermissions.View)]
internal sealed class IndexModel(CrmDb db, CadenceList list, IRecordTypes types, IStaff staff, IUserZone zone, TimeProvider clock, IStringLocalizer<ActivitiesText> text) : PageModel
{
    public const string Address = "/activities/cadence";
    private const int PageSize = 50;
    private const int Chunk = 500;

    [FromQuery(Name = "rule")]
    public Guid? RuleId { get; set; }

    [FromQuery(Name = "list")]
    public string? Which { get; set; }

    [FromQuery(Name = "mine")]
    public bool IsMine { get; set; }

    [FromQuery]
    public string? After { get; set; }

    public IReadOnlyList<ActiveRule> Rules { get; private set; } = [];

    public ActiveRule? Rule { get; private set; }

    public bool IsOften { get; private set; }

    /// <summary>Why the rule's list can't be read, or null.</summary>
    public string? Wrong { get; private set; }

    public IReadOnlyList<CadenceRow> Rows { get; private set; } = [];

    public IReadOnlyDictionary<Guid, string> Owners { get; private set; } = new Dictionary<Guid, string>();

    public string? Next { get; private set; }

    public bool MayAdminister { get; private set; }

    public bool MayExport { get; private set; }

    public string? NextUrl => Next is null ? null : $"{UrlOf(Rule!, IsOften, IsMine)}&after={Next}";

    private CadenceQuery Query => new(Rule!, IsOften, IsMine);

    public static string UrlOf(ActiveRule rule, bool isOften, bool isMine) =>
        $"{Address}?rule={rule.Id}{(isOften ? "&list=often" : "")}{(isMine ? "&mine=true" : "")}";

    public string UrlOf(CadenceRow row) => types.Find(row.Kind)!.UrlOf(row.Id);

    /// <summary>"12 days" by which a contact is overdue; "today" where it is less than one.</summary>
    public string Late(CadenceRow row)
    {
        var days = (int)(Rule!.OverdueBefore(clock.GetUtcNow())!.Value - row.At).TotalDays;
        return days < 1 ? text["since today"] : days == 1 ? text["for one day"] : text["for {0} days", days];
    }

    public string Said(ActiveRule rule) => (rule.AtLeastDays, rule.AtMostTimes) switch
    {
        ({ } least, null) => text["At least once in {0} days", least],
        (null, { } most) => text["At most {0} times in {1} days", most, rule.AtMostDays!],
        ({ } least, { } most) => text["At least once in {0} days, at most {1} times in {2}", least, most, rule.AtMostDays!],
        _ => "",
    };

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (await ChooseAsync(ct) is { } refused)
            return refused;
        if (Rule is not { IsReady: true })
            return Page();
        try
        {
            (Rows, Next) = await list.ReadAsync(Query, After, PageSize, ct);
        }
        catch (RuleViolation broken)
        {
            Wrong = string.Join(' ', broken.Said(text).Select(s => s.Text));
        }

        Owners = await staff.NamesAsync([.. Rows.Select(r => r.OwnerId).OfType<Guid>().Distinct()], ct);
        return Page();
    }

    public async Task<IActionResult> OnGetExportAsync(CancellationToken ct)
    {
        if (await ChooseAsync(ct) is { } refused)
            return refused;
        if (!MayExport)
            return Forbid();
        if (Rule is not { IsReady: true })
            return NotFound();
        IReadOnlyList<CadenceRow> rows;
        string? after;
        try
        {
            // A list that can't be read is told in words; once the file has begun, it can't be.
            (rows, after) = await list.ReadAsync(Query, null, Chunk, ct);
        }
        catch (RuleViolation broken)
        {
            return new ObjectResult(new ProblemDetails { Status = 422, Detail = string.Join(' ', broken.Said(text).Select(s => s.Text)) }) { StatusCode = 422 };
        }

        Response.ContentType = "text/csv; charset=utf-8";
        Response.Headers.ContentDisposition = $"attachment; filename=\"{(IsOften ? "too-often" : "overdue")}.csv\"";
        await using var file = new StreamWriter(Response.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
        await file.WriteAsync(CsvLine.Of([text["Name"], text["Type"], text["Owner"], text["Rule"], IsOften ? text["Contacts"] : text["Last contact"], IsOften ? text["Since"] : text["Never contacted"]]));
        while (true)
        {
            var names = await staff.NamesAsync([.. rows.Select(r => r.OwnerId).OfType<Guid>().Distinct()], ct);
            foreach (var row in rows)
                await file.WriteAsync(Line(row, names));
            await file.FlushAsync(ct);
            if (after is null)
                return new EmptyResult();
            (rows, after) = await list.ReadAsync(Query, after, Chunk, ct);
        }
    }

    private string Line(CadenceRow row, IReadOnlyDictionary<Guid, string> names)
    {
        var owner = row.OwnerId is { } id ? names.GetValueOrDefault(id) ?? "" : "";
        var kind = types.Find(row.Kind) is { } type ? text[type.Label].Value : row.Kind;
        var at = TimeZoneInfo.ConvertTime(row.At, zone.Zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        return CsvLine.Of(IsOften
            ? [row.Title, kind, owner, Rule!.Name, row.Contacts.ToString(CultureInfo.InvariantCulture), at]
            : [row.Title, kind, owner, Rule!.Name, row.IsNever ? "" : at, row.IsNever ? text["yes"] : text["no"]]);
    }

    // The rule that the address names; else the first that has such a list.
    private async Task<IActionResult?> ChooseAsync(CancellationToken ct)
    {
        var rights = await db.RightsAsync(ct);
        (MayAdminister, MayExport) = (rights.May(ActivitiesPermissions.AdministerCadence.Name), rights.May(CorePermissions.ExportRecords.Name));
        var all = await ActiveRule.AllAsync(db, ct);
        IsOften = string.Equals(Which, "often", StringComparison.Ordinal);
        Rules = all.FindAll(r => IsOften ? r.AtMostTimes is not null : r.AtLeastDays is not null);
        Rule = RuleId is { } id ? Rules.FirstOrDefault(r => r.Id == id) : Rules.Count > 0 ? Rules[0] : null;
        return RuleId is not null && Rule is null ? NotFound() : null;
    }
}
