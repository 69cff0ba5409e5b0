using Crm.Abstractions.Data;
using Crm.Abstractions.Pages;
using Crm.Abstractions.Security;
using Crm.Ui.Shell;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Crm.Activities.Results;

/// <summary>The tile of My day: what my contacts brought this month.</summary>
internal sealed class ResultsWidget : Widget
{
    public override string Title => "My results this month";

    public override string Icon => "coins";

    public override string Permission => ActivitiesPermissions.View;

    public override string Url => "/activities/results/widget";
}

/// <summary>Sums the reader's own contacts of the month, in his zone.</summary>
[Permission(ActivitiesPermissions.View)]
internal sealed class WidgetModel(CrmDb db, ResultSums sums, IUserZone zone, TimeProvider clock) : PageModel
{
    public IReadOnlyList<ResultSum> Sums { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct)
    {
        if ((await db.RightsAsync(ct)).UserId is not { } me)
            return;
        var today = LocalTime.Local(clock.GetUtcNow(), zone.Zone);
        var first = new DateTime(today.Year, today.Month, 1, 0, 0, 0, DateTimeKind.Unspecified);
        Sums = await sums.ByUserAsync(new Span(LocalTime.Utc(first, zone.Zone), LocalTime.Utc(first.AddMonths(1), zone.Zone)), me, ct);
    }
}
