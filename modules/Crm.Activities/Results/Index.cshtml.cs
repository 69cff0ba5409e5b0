using System.Globalization;
using System.Text;
using Crm.Abstractions.Data;
using Crm.Abstractions.Pages;
using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Activities.Interactions;
using Crm.Ui.Shell;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Crm.Activities.Results;

/// <summary>What contacts brought in a year: by customer, colleague or month, each number with the list behind it.</summary>
[Permission(ActivitiesPermissions.View)]
internal sealed class IndexModel(CrmDb db, ResultSums sums, IRecordTypes types, IStaff staff, IUserZone zone, TimeProvider clock, IStringLocalizer<ActivitiesText> text) : PageModel
{
    public const string Address = "/activities/results";
    public const int MostRows = 500;

    [FromQuery(Name = "group")]
    public string? Asked { get; set; }

    [FromQuery(Name = "year")]
    public int? AskedYear { get; set; }

    public ResultGroup Group { get; private set; }

    public int Year { get; private set; }

    public int ThisYear => LocalTime.Local(clock.GetUtcNow(), zone.Zone).Year;

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    /// <summary>The sums of each currency over all rows.</summary>
    public IReadOnlyList<ResultSum> Totals { get; private set; } = [];

    public bool MayVerify { get; private set; }

    public bool MayExport { get; private set; }

    public string UrlOf(ResultGroup group, int year) => string.Create(CultureInfo.InvariantCulture, $"{Address}?group={WordOf(group)}&year={year}");

    public static string WordOf(ResultGroup group) => group.ToString().ToLowerInvariant();

    public Task OnGetAsync(CancellationToken ct) => ReadAsync(MostRows, ct);

    public async Task<IActionResult> OnGetExportAsync(CancellationToken ct)
    {
        await ReadAsync(int.MaxValue, ct);
        if (!MayExport)
            return Forbid();
        var file = new StringBuilder(CsvLine.Of([text[Group.ToString()], text["Currency"], text["Pledged, confirmed"], text["Pledged, unconfirmed"], text["Deposited, confirmed"], text["Deposited, unconfirmed"]]));
        foreach (var row in Rows)
            file.Append(CsvLine.Of([row.Title, row.Sum.Currency, .. Cells(row.Sum).Select(c => c.ToString("0.00##", CultureInfo.InvariantCulture))]));
        var bytes = new UTF8Encoding(encoderShouldEmitUTF8Identifier: true);
        return File([.. bytes.GetPreamble(), .. bytes.GetBytes(file.ToString())], "text/csv; charset=utf-8", string.Create(CultureInfo.InvariantCulture, $"results-{Year}-by-{WordOf(Group)}.csv"));
    }

    /// <summary>The list of the interactions behind a number: the same rows, by the same rights.</summary>
    public string Behind(Row row, ResultMoney money, bool isConfirmed)
    {
        var (from, until) = row.Span;
        var filter = new StringBuilder().Append(CultureInfo.InvariantCulture, $"at ge {Moment(from)} and at lt {Moment(until)} and result.currency eq \"{row.Sum.Currency}\"")
            .Append(CultureInfo.InvariantCulture, $" and resultMoney eq {(money == ResultMoney.Pledged ? "pledged" : "deposited")} and resultState eq {(isConfirmed ? "confirmed" : "claimed")}");
        if (Group != ResultGroup.Month)
            filter.Append(CultureInfo.InvariantCulture, $" and {(Group == ResultGroup.Customer ? "about" : "user")} eq {(row.Sum.Key is Guid id ? id : "null")}");
        return $"/activities/interactions?filter={Uri.EscapeDataString(filter.ToString())}";
    }

    public static string Words(decimal sum) => sum.ToString("#,0.00", CultureInfo.CurrentCulture);

    private static IEnumerable<decimal> Cells(ResultSum sum) =>
        from money in Enum.GetValues<ResultMoney>() from isConfirmed in new[] { true, false } select sum.Of(money, isConfirmed);

    private static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    // All are summed; those alone that are shown are looked up.
    private async Task ReadAsync(int most, CancellationToken ct)
    {
        var rights = await db.RightsAsync(ct);
        (MayVerify, MayExport) = (rights.May(ActivitiesPermissions.VerifyResults.Name), rights.May(CorePermissions.ExportRecords.Name));
        Group = Enum.GetValues<ResultGroup>().FirstOrDefault(g => string.Equals(WordOf(g), Asked, StringComparison.Ordinal), ResultGroup.Customer);
        Year = AskedYear is > 1900 and < 9000 ? AskedYear.Value : ThisYear;
        var starts = Enumerable.Range(1, 13).Select(m => new DateOnly(Year, 1, 1).AddMonths(m - 1)).Select(d => LocalTime.Utc(d.ToDateTime(TimeOnly.MinValue), zone.Zone)).ToList();
        var year = new Span(starts[0], starts[12]);
        var found = Group switch
        {
            ResultGroup.Customer => await sums.ByCustomerAsync(year, null, ct),
            ResultGroup.User => await sums.ByUserAsync(year, null, ct),
            _ => await sums.ByMonthAsync(year, starts[..12], null, ct),
        };
        Totals = [.. found.GroupBy(s => s.Currency, StringComparer.Ordinal).Select(Together)];
        Rows = Group == ResultGroup.Month
            ? [.. found.OrderBy(s => s.Currency, StringComparer.Ordinal).ThenBy(s => (int)s.Key!).Select(s => new Row(MonthName((int)s.Key!), null, s, new Span(starts[(int)s.Key! - 1], starts[(int)s.Key!])))]
            : await NamedAsync([.. found.Take(most)], year, ct);
    }

    private string MonthName(int month) => new DateOnly(Year, month, 1).ToString("MMMM yyyy", CultureInfo.CurrentCulture);

    private static ResultSum Together(IGrouping<string, ResultSum> sums)
    {
        var all = new ResultSum { Currency = sums.Key };
        foreach (var sum in sums)
        {
            foreach (var money in Enum.GetValues<ResultMoney>())
            {
                all.Add(money, true, sum.Of(money, true));
                all.Add(money, false, sum.Of(money, false));
            }
        }

        return all;
    }

    // A customer that the reader may not see, though he sees a contact that concerned him, has no name here.
    private async Task<IReadOnlyList<Row>> NamedAsync(IReadOnlyList<ResultSum> found, Span year, CancellationToken ct)
    {
        var ids = found.Select(s => s.Key).OfType<Guid>().Distinct().ToList();
        if (Group == ResultGroup.User)
        {
            var names = await staff.NamesAsync(ids, ct);
            return [.. found.Select(s => new Row(s.Key is Guid id ? names.GetValueOrDefault(id) ?? "–" : text["Nobody"].Value, null, s, year))];
        }

        var kinds = types.All.Where(t => t is { IsUnion: false, HasPages: true }).Select(t => t.Name).ToList();
        var seen = new Dictionary<Guid, (string Title, string Url)>();
        foreach (var part in ids.Chunk(500))
        {
            foreach (var record in await (await db.VisibleAmongAsync(part, ct, kinds)).AsNoTracking().Select(r => new { r.Id, r.Kind, r.Title }).ToListAsync(ct))
                seen[record.Id] = (record.Title, types.Find(record.Kind)!.UrlOf(record.Id));
        }

        return [.. found.Select(s => s.Key is Guid id && seen.TryGetValue(id, out var record) ? new Row(record.Title, record.Url, s, year) : new Row(text["Restricted"], null, s, year))];
    }

    /// <summary>One line of the page.</summary>
    /// <param name="Url">The customer's page, or null.</param>
    internal sealed record Row(string Title, string? Url, ResultSum Sum, Span Span);
}
