namespace Crm.Kernel.CustomFields;

/// <summary>Takes a field out of every door, or brings it back; its values stay where they are.</summary>
internal sealed class RetireCustomField(CrmFields fields, TimeProvider clock)
{
    public Task RunAsync(Guid id, bool isRetired, CancellationToken ct) => fields.SaveAsync(
        async inner =>
        {
            var field = await fields.FindAsync(id, inner);
            if (isRetired == field.RetiredAt is not null)
                return;
            if (!isRetired)
                await EnsureRoomAsync(field, inner);
            var wasSearched = field.IsSearched;
            field.RetiredAt = isRetired ? clock.GetUtcNow() : null;
            field.IsSearchPending |= wasSearched != field.IsSearched;
            field.IsPending |= !isRetired && field.Formula.Length > 0;
            fields.Say($"{(isRetired ? "Retired" : "Restored")} the field {field.Label} of {fields.TypeOf(field.Kind).PluralLabel}");
        },
        ct);

    private async Task EnsureRoomAsync(CustomField field, CancellationToken ct)
    {
        if (await Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions.CountAsync(
            fields.Db.Set<CustomField>(), f => f.Kind == field.Kind && f.RetiredAt == null, ct) >= CustomFieldRules.MostFields)
            throw new Abstractions.Records.RuleViolation("", $"A type has at most {CustomFieldRules.MostFields} fields of your own: retire another first.");
    }
}
