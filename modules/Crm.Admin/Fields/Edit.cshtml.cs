using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Kernel.CustomFields;
using Crm.Kernel.Data;
using Crm.Ui.Shell;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Crm.Admin.Fields;

/// <summary>A custom field, new or changed.</summary>
[Permission("AdministerSite")]
internal sealed class EditModel(KernelDb db, CustomFieldSet set, SaveCustomField save, IStringLocalizer<AdminText> text) : PageModel
{
    private const int EmptyRows = 3;

    /// <summary>The field's id, or <c>new</c>.</summary>
    [BindProperty(SupportsGet = true)]
    public string Key { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public string? Kind { get; set; }

    [BindProperty]
    public Answers Input { get; set; } = new();

    public RecordType Type { get; private set; } = null!;

    public CustomField? Field { get; private set; }

    public IReadOnlyList<FieldOption> Options { get; private set; } = [];

    public IReadOnlyList<SelectListItem> Kinds { get; private set; } = [];

    public IReadOnlyList<SelectListItem> LinkKinds { get; private set; } = [];

    public IReadOnlyList<SelectListItem> Departments { get; private set; } = [];

    public IEnumerable<string> Groups => Type.Fields.Select(f => f.Group).Where(g => g.Length > 0).Distinct(StringComparer.Ordinal);

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (!await FindAsync(ct))
            return NotFound();
        if (Field is { } field)
            Input = Answers.Of(field);
        return await ShowAsync(Field?.ReadOptions() ?? [], ct);
    }

    public async Task<IActionResult> OnPostAsync(
        [FromForm(Name = "OptionValue")] string[] values, [FromForm(Name = "OptionLabel")] string[] labels,
        [FromForm(Name = "OptionColour")] string[] colours, CancellationToken ct)
    {
        if (!await FindAsync(ct))
            return NotFound();
        var options = labels.Take(CustomFieldRules.MostOptions + 1)
            .Select((l, i) => new FieldOption(values.ElementAtOrDefault(i) ?? "", l ?? "", colours.ElementAtOrDefault(i)) { IsRetired = colours.ElementAtOrDefault(i) == "retired" })
            .Where(o => !string.IsNullOrWhiteSpace(o.Label)).ToList();
        var said = Input.Said(options);
        if (!await this.TryAsync(text, () => Field is { } old ? save.ChangeAsync(old.Id, said, ct) : save.AddAsync(Type.Name, said, ct)))
            return await ShowAsync(options, ct);
        TempData.Toast(text["Saved"]);
        return LocalRedirect("/admin/fields?kind=" + Type.Name);
    }

    private async Task<bool> FindAsync(CancellationToken ct)
    {
        if (!string.Equals(Key, "new", StringComparison.OrdinalIgnoreCase))
            Field = Guid.TryParse(Key, out var id) ? await db.Set<CustomField>().AsNoTracking().FirstOrDefaultAsync(f => f.Id == id && f.RetiredAt == null, ct) : null;
        var kind = Field?.Kind ?? (string.Equals(Key, "new", StringComparison.OrdinalIgnoreCase) ? Kind ?? set.Types.First().Name : null);
        if (set.Types.FirstOrDefault(t => t.Name == kind) is not { } type)
            return false;
        Type = type;
        return true;
    }

    private async Task<IActionResult> ShowAsync(IReadOnlyList<FieldOption> options, CancellationToken ct)
    {
        Options = [.. options, .. Enumerable.Repeat(new FieldOption("", ""), EmptyRows)];
        Kinds = [.. CustomFieldRules.Kinds.Select(k => new SelectListItem(FieldWords.Of(k, text), k.ToString()))];
        LinkKinds = [.. set.Types.Select(t => new SelectListItem(text[t.PluralLabel], t.Name))];
        Departments = [.. (await DepartmentRows.ReadAsync(db, ct)).Select(d => new SelectListItem(d.Indented, d.Id.ToString()))];
        return Page();
    }

    /// <summary>What was typed.</summary>
    public sealed class Answers
    {
        public string? Label { get; set; }

        public FieldKind Holds { get; set; }

        public string? Name { get; set; }

        public string? Hint { get; set; }

        public string? Heading { get; set; }

        public string? Formula { get; set; }

        public bool IsRequired { get; set; }

        public bool IsUnique { get; set; }

        public bool IsListed { get; set; }

        public bool IsKeyFact { get; set; }

        public bool IsSearchable { get; set; }

        public bool IsPersonal { get; set; }

        public List<string> LinkKinds { get; set; } = [];

        public List<Guid> Departments { get; set; } = [];

        internal static Answers Of(CustomField field) => new()
        {
            Label = field.Label, Holds = field.Holds, Name = field.Name, Hint = field.Hint, Heading = field.Heading, Formula = field.Formula,
            IsRequired = field.IsRequired, IsUnique = field.IsUnique, IsListed = field.IsListed, IsKeyFact = field.IsKeyFact,
            IsSearchable = field.IsSearchable, IsPersonal = field.IsPersonal, LinkKinds = field.ReadLinkKinds(), Departments = field.ReadDepartments(),
        };

        internal CustomFieldFields Said(IReadOnlyList<FieldOption> options) => new()
        {
            Label = Label, Holds = Holds, Name = Name ?? "", Hint = Hint, Heading = Heading, Formula = Formula,
            IsRequired = IsRequired, IsUnique = IsUnique, IsListed = IsListed, IsKeyFact = IsKeyFact,
            IsSearchable = IsSearchable, IsPersonal = IsPersonal, LinkKinds = LinkKinds, Departments = Departments, Options = options,
        };
    }
}
