using Crm.Abstractions.Data;
using Crm.Abstractions.Pages;
using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Crm.Activities.Cadence;

/// <summary>The tile of My day: how many of my customers wait for a contact, or have had too many.</summary>
internal sealed class CadenceWidget : Widget
{
    public override string Title => "Contact cadence";

    public override string Icon => "heartbeat";

    public override string Permission => ActivitiesPermissions.View;

    public override string Url => "/activities/cadence/widget";
}

/// <summary>Counts the reader's own customers, rule by rule.</summary>
[Permission(ActivitiesPermissions.View)]
internal sealed class WidgetModel(CrmDb db, CadenceList list) : PageModel
{
    private const int MostCounted = 100;

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public bool HasRules { get; private set; }

    public async Task OnGetAsync(CancellationToken ct)
    {
        var rules = await ActiveRule.AllAsync(db, ct);
        HasRules = rules.Count > 0;
        var rows = new List<Row>();
        foreach (var rule in rules.Where(r => r.IsReady))
        {
            foreach (var isOften in new[] { false, true }.Where(o => o ? rule.AtMostTimes is not null : rule.AtLeastDays is not null))
            {
                if (await CountAsync(new CadenceQuery(rule, isOften, IsMine: true), ct) is > 0 and var count)
                    rows.Add(new Row(rule, isOften, count > MostCounted ? $"{MostCounted}+" : $"{count}"));
            }
        }

        Rows = rows;
    }

    // A rule whose segment is gone says so on its own page.
    private async Task<int> CountAsync(CadenceQuery query, CancellationToken ct)
    {
        try
        {
            return await list.CountAsync(query, MostCounted + 1, ct);
        }
        catch (RuleViolation)
        {
            return 0;
        }
    }

    /// <summary>One rule's customers of the reader's own.</summary>
    internal sealed record Row(ActiveRule Rule, bool IsOften, string Count);
}
