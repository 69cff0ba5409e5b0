using Crm.Abstractions.Data;
using Crm.Abstractions.Pages;
using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Kernel.Modules;
using Crm.Kernel.Records;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.RecordPages;

/// <summary>The page of one record: head, key facts, timeline, details, history, and the modules' panels.</summary>
internal sealed class RecordModel(Contributions contributions) : TypedPage
{
    public RecordView Record { get; private set; } = null!;

    /// <summary>The fields that the reader may read.</summary>
    public IReadOnlyList<RecordField> Fields { get; private set; } = [];

    public IReadOnlyList<Panel> Panels { get; private set; } = [];

    public IReadOnlyList<Composer> Composers { get; private set; } = [];

    public IReadOnlySet<string> Writable { get; private set; } = new HashSet<string>();

    /// <summary>Fields that stand as a banner on top, with a value.</summary>
    public IEnumerable<RecordField> Banners => Fields.Where(f => f.IsBanner && Value(f) is { } v && !FieldMarkup.IsEmpty(v) && v is not false);

    /// <summary>What stands in the head: how to reach, the type's key facts, and those that modules contribute, these also where there is none.</summary>
    public IEnumerable<RecordField> KeyFacts => Fields.Where(f =>
        (f.IsKeyFact && !FieldMarkup.IsBadge(f) && (f.ContributedBy is not null || !FieldMarkup.IsEmpty(Value(f))))
        || (f is { Kind: FieldKind.Values, InputType: "tel" or "email", IsShown: true } && !FieldMarkup.IsEmpty(Value(f))));

    public IEnumerable<RecordField> Badges => Fields.Where(f => FieldMarkup.IsBadge(f) && Value(f) is string { Length: > 0 });

    public IEnumerable<RecordField> Tags => Fields.Where(f => f is { Kind: FieldKind.ManyOf, Options.Count: 0, IsShown: true } && !FieldMarkup.IsEmpty(Value(f)));

    public LinkView? Owner => Record.Values.GetValueOrDefault("owner") as LinkView;

    /// <summary>What the details tab shows, under its headings.</summary>
    public IEnumerable<IGrouping<string, RecordField>> Groups => Fields.Where(f => f.IsShown).GroupBy(f => f.Group);

    public bool MayExplain => Rights.May(CorePermissions.AdministerUsers.Name);

    /// <summary>When what it said was erased, or null: a skeleton is looked at, and nothing more.</summary>
    public DateTimeOffset? ErasedAt => Record.ErasedAt;

    public bool MayReport => Type.IsErasable && Rights.May(CorePermissions.ReportPersonalData.Name);

    public bool MayErase => ErasedAt is null && Type.IsErasable && Rights.May(CorePermissions.EraseRecords.Name);

    public object? Value(RecordField field) => Record.Values.GetValueOrDefault(field.Name);

    public bool IsEmpty(RecordField field) => FieldMarkup.IsEmpty(Value(field)) || (Value(field) is false);

    public async Task<IActionResult> OnGetAsync(Guid id)
    {
        if (await Door.FindAsync(id, Ct) is not { } record)
            return Refuse(404, L["This is not here any more, or not yours to see."]);
        Record = record;
        Fields = await Door.FieldsAsync(Ct);
        Panels = [.. contributions.Of<Panel>(Rights).Where(p => IsHere(p.Kinds) && Rights.May(p.Permission))];
        if (ErasedAt is not null)
            return Page();
        Composers = [.. contributions.Of<Composer>(Rights).Where(c => IsHere(c.Kinds) && Rights.May(c.Permission)).OrderByDescending(c => c.StandsOpen)];
        if (MayEdit)
        {
            var writable = new HashSet<string>(StringComparer.Ordinal);
            foreach (var field in Fields.Where(f => f.IsEditable && f.IsShown))
            {
                if (await Door.MayWriteAsync(field, creating: false, Ct))
                    writable.Add(field.Name);
            }

            Writable = writable;
        }

        return Page();
    }

    private bool IsHere(IReadOnlyList<string> kinds) => kinds.Count == 0 || kinds.Contains(Type.Name, StringComparer.Ordinal);
}
