using Crm.Abstractions.Records;

namespace Crm.Kernel.RecordPages;

/// <summary>The operators and the value's input for one field, for the filter form.</summary>
internal sealed class FilterFieldModel : TypedPage
{
    public RecordField? Field { get; private set; }

    public async Task OnGetAsync(string? field) => Field = (await Door.FieldsAsync(Ct))
        .FirstOrDefault(f => f.IsFilterable && string.Equals(f.Name, field, StringComparison.OrdinalIgnoreCase));
}
