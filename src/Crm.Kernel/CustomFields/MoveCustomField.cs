using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.CustomFields;

/// <summary>Moves a field one place up or down among its type's.</summary>
internal sealed class MoveCustomField(CrmFields fields)
{
    public Task RunAsync(Guid id, bool isUp, CancellationToken ct) => fields.SaveAsync(
        async inner =>
        {
            var field = await fields.FindAsync(id, inner);
            var all = await fields.Db.Set<CustomField>().Where(f => f.Kind == field.Kind && f.RetiredAt == null).OrderBy(f => f.Rank).ThenBy(f => f.Id).ToListAsync(inner);
            var (at, to) = (all.IndexOf(field), all.IndexOf(field) + (isUp ? -1 : 1));
            if (at < 0 || to < 0 || to >= all.Count)
                return;
            (all[at], all[to]) = (all[to], all[at]);
            for (var i = 0; i < all.Count; i++)
                all[i].Rank = i + 1;
            fields.Say($"Moved the field {field.Label} of {fields.TypeOf(field.Kind).PluralLabel}");
        },
        ct);
}
