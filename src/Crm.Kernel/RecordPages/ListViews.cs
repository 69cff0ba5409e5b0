using Crm.Abstractions.Records;
using Crm.Kernel.Data;
using Crm.Kernel.Filters;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.RecordPages;

/// <summary>The views of a list that a reader has: his own, and everybody's.</summary>
internal sealed class ListViews(KernelDb db)
{
    public async Task<IReadOnlyList<SavedView>> OfAsync(string kind, CancellationToken ct)
    {
        var me = (await db.RightsAsync(ct)).UserId;
        return await db.Set<SavedView>().AsNoTracking().Where(v => v.Kind == kind && (v.OwnerId == me || v.OwnerId == null))
            .OrderBy(v => v.OwnerId == null).ThenBy(v => v.Name).ToListAsync(ct);
    }

    /// <summary>The views as a choice of the filter: each is a segment by its name.</summary>
    public static RecordField AsField(IReadOnlyList<SavedView> views) =>
        new FieldBuilder<IRecord>(new RecordField { Name = Segments.Word, Kind = FieldKind.OneOf, Read = _ => null })
            .Label("Segment").Hidden()
            .Options([.. views.DistinctBy(v => v.Name, StringComparer.OrdinalIgnoreCase).Select(v => new FieldOption(v.Name, v.Name))]).Field;

    /// <summary>The view that an address names; <c>mine</c> and the type's own are there without being saved.</summary>
    public static SavedView? Find(IReadOnlyList<SavedView> views, ListState state, RecordType type) =>
        Guid.TryParse(state.View, out var id) ? views.FirstOrDefault(v => v.Id == id)
        : type.Views.FirstOrDefault(v => v.Name == state.View) is { } ready ? new SavedView { Kind = type.Name, Filter = ready.Filter, Sort = ready.Sort }
        : state.View == "mine" ? new SavedView { Kind = type.Name, Filter = "owner eq me" } : null;
}
