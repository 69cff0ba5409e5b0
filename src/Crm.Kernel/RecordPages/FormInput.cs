using Crm.Abstractions.Records;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.Extensions.Localization;

namespace Crm.Kernel.RecordPages;

/// <summary>One field on a form, with what stands in it.</summary>
internal sealed class FormInput
{
    public required string Name { get; init; }

    public required FieldKind Kind { get; init; }

    public required string Label { get; init; }

    public string? Hint { get; init; }

    public bool IsRequired { get; init; }

    public int MaxLength { get; init; } = 200;

    public string InputType { get; init; } = "text";

    public IReadOnlyList<FieldOption> Options { get; init; } = [];

    public IReadOnlyList<string> LinkKinds { get; init; } = [];

    /// <summary>What stands in it, as <see cref="FieldInput.Raw"/> writes it.</summary>
    public string[] Raw { get; set; } = [];

    /// <summary>The words of what a picker holds.</summary>
    public string? Chosen { get; set; }

    /// <summary>The words of what a picker of several holds, by what stands in it.</summary>
    public IReadOnlyDictionary<string, string> ChosenOf { get; set; } = new Dictionary<string, string>();

    /// <summary>What somebody else saved in the meantime, in words; null where nobody did.</summary>
    public string? Theirs { get; set; }

    /// <summary>The form that it belongs to where it stands outside of it.</summary>
    public string? FormId { get; init; }

    public string Id { get; init; } = "";

    public string First => Raw.Length == 0 ? "" : Raw[0];

    /// <summary>Where a picker asks.</summary>
    public string? Source => Kind switch
    {
        FieldKind.Link or FieldKind.Links => "/records/pick?kinds=" + string.Join(',', LinkKinds),
        FieldKind.User or FieldKind.Users => "/users/pick",
        FieldKind.Department => "/departments/pick",
        _ => null,
    };

    public static FormInput Of(RecordField field, IStringLocalizer l) => new()
    {
        Name = field.Name,
        Id = field.Name.Replace('.', '_'),
        Kind = field.Kind,
        Label = l[field.Label],
        Hint = field.Hint is null ? null : l[field.Hint].Value,
        IsRequired = field.IsRequired,
        MaxLength = field.MaxLength,
        InputType = field.InputType,
        Options = field.Options,
        LinkKinds = field.LinkKinds,
    };

    /// <param name="prefix">Keeps the inputs of several deeds on one page apart.</param>
    public static FormInput Of(DeedInput input, string prefix, string? formId, IStringLocalizer l) => new()
    {
        Name = prefix + input.Name,
        Id = (prefix + input.Name).Replace('.', '_').Replace('-', '_'),
        Kind = input.Kind,
        Label = l[input.Label],
        IsRequired = input.IsRequired && formId is null,
        MaxLength = input.Kind == FieldKind.LongText ? 20_000 : 200,
        Options = input.Options,
        FormId = formId,
    };

    /// <summary>A field on a form beside others of its name, or outside of its form.</summary>
    public static FormInput Of(RecordField field, string prefix, string formId, IStringLocalizer l) => new()
    {
        Name = prefix + field.Name,
        Id = (prefix + field.Name).Replace('.', '_'),
        Kind = field.Kind,
        Label = l[field.Label],
        Hint = field.Hint is null ? null : l[field.Hint].Value,
        MaxLength = field.MaxLength,
        InputType = field.InputType,
        Options = field.Options,
        LinkKinds = field.LinkKinds,
        FormId = formId,
    };

    /// <summary>What a picker of several holds.</summary>
    public IEnumerable<SelectListItem> Picked() => Raw.Select(r => new SelectListItem(ChosenOf.GetValueOrDefault(r) ?? r, r, selected: true));

    /// <summary>The choices of a select; words of one's own stand as they are.</summary>
    public IEnumerable<SelectListItem> Items(IStringLocalizer l)
    {
        foreach (var option in Options.Where(o => !o.IsRetired || Raw.Contains(o.Value, StringComparer.OrdinalIgnoreCase)))
            yield return new SelectListItem(l[option.Label], option.Value, Raw.Contains(option.Value, StringComparer.OrdinalIgnoreCase));
        foreach (var word in Raw.Where(r => !Options.Any(o => string.Equals(o.Value, r, StringComparison.OrdinalIgnoreCase))))
            yield return new SelectListItem(word, word, selected: true);
    }
}
