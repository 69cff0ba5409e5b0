using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Kernel.Records;
using Microsoft.AspNetCore.Http;
using Crm.Ui.Shell;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.RecordPages;

/// <summary>The list of a record type: views, filters, columns, sorting, bulk acts.</summary>
internal sealed class ListModel(ListViews views, RecordNames names, IRecordTypes types) : TypedPage
{
    private const int PageSize = 50;
    private const int MostCounted = 1000;

    public ListState State { get; private set; } = null!;

    public IReadOnlyList<SavedView> Views { get; private set; } = [];

    public SavedView? View { get; private set; }

    /// <summary>The fields that the reader may read.</summary>
    public IReadOnlyList<RecordField> Fields { get; private set; } = [];

    /// <summary>What can be filtered by: fields, and segments where there are any.</summary>
    public IEnumerable<RecordField> FilterFields => Fields.Where(f => f is { IsFilterable: true, HasColumn: true })
        .Concat(Views.Count == 0 ? [] : [ListViews.AsField(Views)]);

    public IReadOnlyList<RecordField> Columns { get; private set; } = [];

    public IReadOnlyList<RecordView> Rows { get; private set; } = [];

    public string? Next { get; private set; }

    public IReadOnlyList<FilterClause> Clauses { get; private set; } = [];

    public IReadOnlyDictionary<Guid, string> Names { get; private set; } = new Dictionary<Guid, string>();

    /// <summary>What is wrong with the filter, or null.</summary>
    public string? Wrong { get; private set; }

    public int? Count { get; private set; }

    public bool IsCountBounded => Count > MostCounted;

    public bool MayImport => MayEdit && Rights.May(CorePermissions.ImportRecords.Name);

    public bool MayExport => Rights.May(CorePermissions.ExportRecords.Name);

    public bool MayShareViews => Rights.May(CorePermissions.ShareViews.Name);

    public bool HasOwner => Fields.Any(f => f is { Name: "owner", Kind: FieldKind.User });

    public RecordField? TagField => MayEdit ? Fields.FirstOrDefault(f => f is { Kind: FieldKind.ManyOf, IsEditable: true, Options.Count: 0 }) : null;

    /// <summary>The types of which a new record can be made here.</summary>
    public IReadOnlyList<RecordType> Makes => Type.IsUnion
        ? [.. Type.Kinds.Select(k => types.Find(k)!).Where(t => t.HasPages && !t.IsDependant && Rights.May(t.EditPermission))]
        : MayEdit && !Type.IsDependant ? [Type] : [];

    public bool IsChangedView => View is not null && (State.Filter ?? "") != View.Filter || View is null && Clauses.Count > 0;

    /// <summary>The fields that may be given one value in many records.</summary>
    public IReadOnlyList<RecordField> Settable { get; private set; } = [];

    public bool HasSelection => MayDelete || TagField is not null || Deeds.Count > 0 || Settable.Count > 0;

    /// <summary>How many a bulk act on all that match would reach, in words; null where all of them are shown.</summary>
    public string? Matching => Next is null ? null : Count is { } count && !IsCountBounded ? count.ToString("N0", System.Globalization.CultureInfo.CurrentCulture) : "";

    public async Task<IActionResult> OnGetAsync()
    {
        await ReadViewAsync();
        Fields = await Door.FieldsAsync(Ct);
        Clauses = FilterClause.Read(State.Filter);
        if (Added() is { } url)
            return LocalRedirect(url);
        ChooseColumns();
        Settable = MayEdit ? await BulkEdits.FieldsAsync(Door, Ct) : [];
        Names = await names.OfAsync(Clauses.Select(c => Guid.TryParse(c.Plain, out var id) ? id : Guid.Empty).Where(id => id != Guid.Empty), Ct);
        await ReadRowsAsync();
        if (Wrong is not null)
            Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }

    /// <summary>Says times as the reader's zone and language have them.</summary>
    public RelTime Times => ActivatorUtilities.CreateInstance<RelTime>(Services);

    public string? NextUrl => Next is null ? null : (State with { After = Next }).Url(Type.ListUrl);

    public string SortUrl(RecordField field) => (State.Top with { Sort = SortOf(field) == "ascending" ? "-" + field.Name : field.Name }).Url(Type.ListUrl);

    public string? SortOf(RecordField field)
    {
        var sort = State.Sort is { Length: > 0 } asked ? asked : Type.Order is { Length: > 0 } own ? own : "title";
        return sort == field.Name ? "ascending" : sort == "-" + field.Name ? "descending" : null;
    }

    public string Without(FilterClause clause) =>
        (State.Top with { Filter = FilterClause.Join(Clauses.Where(c => c != clause)) }).Url(Type.ListUrl);

    public string Sentence(FilterClause clause) =>
        FilterWords.Sentence(clause, FilterFields.FirstOrDefault(f => string.Equals(f.Name, clause.Field, StringComparison.OrdinalIgnoreCase)), Names, L);

    /// <summary>"50 of 537", "50 of more than 1,000".</summary>
    public string? Shown => Count is null ? null
        : IsCountBounded ? L["more than {0}", MostCounted.ToString("N0", System.Globalization.CultureInfo.CurrentCulture)]
        : Rows.Count < Count ? L["{0} of {1}", Rows.Count, Count.Value.ToString("N0", System.Globalization.CultureInfo.CurrentCulture)]
        : Count.Value.ToString("N0", System.Globalization.CultureInfo.CurrentCulture);

    /// <summary>On a phone a row is a card: two facts and one status.</summary>
    public bool IsOnCard(RecordField field) => FieldMarkup.IsBadge(field)
        ? field == Columns.FirstOrDefault(FieldMarkup.IsBadge)
        : Columns.Where(c => !FieldMarkup.IsBadge(c)).Take(2).Contains(field);

    private async Task ReadViewAsync()
    {
        State = ListState.Read(Request.Query);
        Views = await views.OfAsync(Type.Name, Ct);
        // An address that says nothing means the type's first view; one that asks for something means all.
        if (Type.Views.Count > 0 && State is { View.Length: 0, Filter: null, Text.Length: 0 })
            State = State with { View = Type.Views[0].Name };
        View = ListViews.Find(Views, State, Type);
        State = State.With(View);
    }

    // The filter form sends field, operator and value; the address keeps the filter alone.
    private string? Added()
    {
        var query = Request.Query;
        if (FilterFields.FirstOrDefault(f => string.Equals(f.Name, query["field"], StringComparison.OrdinalIgnoreCase)) is not { IsFilterable: true } field)
            return null;
        var clause = FilterClause.Make(field, query["op"].ToString(), query["value"].ToString());
        return (State.Top with { Filter = clause is null ? State.Filter : FilterClause.Join([.. Clauses, clause]) }).Url(Type.ListUrl);
    }

    private void ChooseColumns()
    {
        var chosen = (State.Columns ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries);
        var readable = Fields.Where(f => f.Name != "title").ToList();
        var found = chosen.Select(c => readable.Find(f => string.Equals(f.Name, c, StringComparison.OrdinalIgnoreCase))).OfType<RecordField>().Distinct().Take(20).ToList();
        Columns = found.Count > 0 ? found : readable.FindAll(f => f.IsListed);
    }

    private async Task ReadRowsAsync()
    {
        try
        {
            var query = new RecordQuery(State.Filter, State.Sort, PageSize, State.After, State.Text.Length > 0 ? State.Text : null, Fields: [.. Columns.Select(c => c.Name)]);
            var page = await Door.ListAsync(query, Ct);
            (Rows, Next) = (page.Items, page.Next);
            if (State.After is null && State.Text.Length == 0)
                Count = Next is null ? Rows.Count : await Door.CountAsync(State.Filter, MostCounted + 1, Ct);
        }
        catch (BadFilter bad)
        {
            Wrong = bad.Message;
        }
    }
}
