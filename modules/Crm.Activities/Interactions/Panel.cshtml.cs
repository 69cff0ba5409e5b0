using Crm.Abstractions.Data;
using Crm.Abstractions.Pages;
using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Activities.Cadence;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Crm.Activities.Interactions;

/// <summary>The last contacts with a customer, on his page.</summary>
internal sealed class InteractionPanel : Panel
{
    public override string Title => "Contacts";

    public override string Icon => "message-2";

    public override string Permission => ActivitiesPermissions.View;

    public override string Url => "/activities/interactions/panel/{id}";

    public override IReadOnlyList<string> Kinds => Customer.Kinds[Customer.Both];
}

/// <summary>The newest five of the contacts that the reader may see.</summary>
[Permission(ActivitiesPermissions.View)]
internal sealed class PanelModel(CrmDb db, IChoices choices) : PageModel
{
    private const int Shown = 5;

    public Guid Id { get; private set; }

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        Id = id;
        if (!await (await db.VisibleAmongAsync([id], ct, Customer.Kinds[Customer.Both])).AnyAsync(ct))
            return NotFound();
        var channels = choices.Of(ActivitiesLists.Channels.Name);
        var newest = await (await db.VisibleAsync<Interaction>(ct)).AsNoTracking()
            .Join(db.Set<Touch>().Where(t => t.RecordId == id), i => i.Id, t => t.InteractionId, (i, t) => new { i.Id, i.Spine.Title, i.Channel, t.At })
            .OrderByDescending(i => i.At).Take(Shown).ToListAsync(ct);
        Rows = newest.ConvertAll(i => new Row(i.Id, i.Title, channels.FirstOrDefault(c => c.Value == i.Channel) ?? new FieldOption(i.Channel, i.Channel), i.At));
        return Page();
    }

    /// <summary>A contact as the box shows it.</summary>
    internal sealed record Row(Guid Id, string Title, FieldOption Channel, DateTimeOffset At);
}
