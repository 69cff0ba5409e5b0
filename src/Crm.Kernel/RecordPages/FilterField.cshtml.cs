using Crm.Abstractions.Records;
using Crm.Kernel.Filters;

namespace Crm.Kernel.RecordPages;

/// <summary>The operators and the value's input for one field, for the filter form.</summary>
internal sealed class FilterFieldModel(ListViews views) : TypedPage
{
    public RecordField? Field { get; private set; }

    public async Task OnGetAsync(string? field) => Field = string.Equals(field, Segments.Word, StringComparison.OrdinalIgnoreCase)
        ? ListViews.AsField(await views.OfAsync(Type.Name, Ct))
        : (await Door.FieldsAsync(Ct)).FirstOrDefault(f => f.IsFilterable && string.Equals(f.Name, field, StringComparison.OrdinalIgnoreCase));
}
