using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Localization;

namespace Crm.Ui.Fields;

/// <summary>
/// <c>&lt;form-field for="Input.Email" label="E-mail" /&gt;</c>: label above, the input, a hint, the error at the field.
/// Works without a model too: <c>name</c>, <c>value</c>, <c>type</c>, <c>error</c>. Other attributes go to the input.
/// Content, where given, stands in place of the input.
/// </summary>
[HtmlTargetElement("form-field")]
public sealed class FormField(IStringLocalizer<UiText> text) : TagHelper
{
    /// <summary>The model's property, or null when name and value are given.</summary>
    public ModelExpression? For { get; set; }

    /// <summary>The label; translated. Default: the property's display name.</summary>
    public string? Label { get; set; }

    /// <summary>A line under the input; translated.</summary>
    public string? Hint { get; set; }

    /// <summary>Whether a value must be given. Default: what the property says.</summary>
    public bool? Required { get; set; }

    /// <summary>The form value's name; default: the property's.</summary>
    public string? Name { get; set; }

    /// <summary>The value as text; default: what was typed before, else the property's.</summary>
    public string? Value { get; set; }

    /// <summary>
    /// <c>text email tel url number money date time datetime-local password file search textarea checkbox select hidden</c>;
    /// default by the property's type.
    /// </summary>
    public string? Type { get; set; }

    /// <summary>What is wrong; default: the first error of this field.</summary>
    public string? Error { get; set; }

    /// <summary>The choices of a select.</summary>
    public IEnumerable<SelectListItem>? Items { get; set; }

    /// <summary>The address a picker asks while one types (<c>?q=</c>, answers JSON [{value,text,hint}]).</summary>
    public string? Source { get; set; }

    /// <summary>The words of a picker's present value.</summary>
    public string? ValueText { get; set; }

    /// <summary>Whether several may be chosen.</summary>
    public bool Multiple { get; set; }

    /// <summary>Lines of a textarea.</summary>
    public int Rows { get; set; } = 3;

    /// <summary>The view, for what was typed and its errors.</summary>
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    /// <inheritdoc />
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var content = await output.GetChildContentAsync();
        var name = Name ?? (For is null ? "" : ViewContext.ViewData.TemplateInfo.GetFullHtmlFieldName(For.Name));
        var field = new FormControl
        {
            Name = name,
            Id = output.Attributes["id"]?.Value?.ToString() ?? TagBuilder.CreateSanitizedId(name, "_"),
            Type = Type ?? GuessType(),
            Values = Values(name),
            Required = Required ?? For?.Metadata.IsRequired ?? false,
            Error = string.IsNullOrEmpty(Error) ? ErrorOf(name) : Error,
            HasHint = !string.IsNullOrEmpty(Hint),
            Items = Items,
            Source = Source,
            ValueText = ValueText,
            Multiple = Multiple,
            Rows = Rows,
            Choose = text["Choose…"],
        };
        MoveAttributes(output, field);
        Frame(output, field, content);
    }

    private void Frame(TagHelperOutput output, FormControl field, TagHelperContent content)
    {
        if (field.Type == "hidden")
        {
            output.TagName = null;
            output.Content.SetHtmlContent(field.Render());
            return;
        }

        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", field.Error is null ? "field" : "field field-wrong");
        var html = output.Content;
        html.Clear();
        var label = Label ?? For?.Metadata.GetDisplayName() ?? field.Name;
        if (field.Type == "checkbox")
            html.AppendHtml("<label class=\"form-check\">").AppendHtml(field.Render()).AppendHtml("<span class=\"form-check-label\">").Append(label).AppendHtml("</span></label>");
        else
            html.AppendHtml(LabelTag(field, label)).AppendHtml(content.IsEmptyOrWhiteSpace ? field.Render() : content);
        if (field.Error is not null)
            html.AppendHtml($"<div class=\"field-error\" id=\"{field.Id}-error\"><i class=\"ti ti-alert-circle\" aria-hidden=\"true\"></i>").Append(field.Error).AppendHtml("</div>");
        if (field.HasHint)
            html.AppendHtml($"<div class=\"field-hint\" id=\"{field.Id}-hint\">").Append(Hint).AppendHtml("</div>");
    }

    private TagBuilder LabelTag(FormControl field, string words)
    {
        var label = new TagBuilder("label");
        label.AddCssClass("form-label");
        label.Attributes["for"] = field.Id;
        label.InnerHtml.Append(words);
        if (field.Required)
        {
            var mark = new TagBuilder("span");
            mark.AddCssClass("field-must");
            mark.Attributes["title"] = text["Must be filled in"];
            mark.InnerHtml.Append(" *");
            label.InnerHtml.AppendHtml(mark);
        }

        return label;
    }

    /// <summary>What the author wrote besides goes to the input, since the frame needs none of it.</summary>
    private static void MoveAttributes(TagHelperOutput output, FormControl field)
    {
        foreach (var attribute in output.Attributes.Where(a => a.Name is not ("class" or "id")))
            field.Attributes[attribute.Name] = attribute.Value?.ToString() ?? "";
        output.Attributes.Clear();
    }

    private string? ErrorOf(string name)
    {
        var error = ViewContext.ViewData.ModelState.TryGetValue(name, out var state) ? state.Errors.FirstOrDefault() : null;
        return error is null ? null : error.ErrorMessage.Length > 0 ? error.ErrorMessage : text["This value cannot be read."];
    }

    private string[] Values(string name)
    {
        if (Value is not null)
            return [Value];
        if (ViewContext.ViewData.ModelState.TryGetValue(name, out var state) && state.RawValue is { } raw)
            return raw as string[] ?? [raw.ToString() ?? ""];
        return FieldText.Of(For?.Model, Type ?? GuessType());
    }

    private string GuessType()
    {
        if (Source is not null || Items is not null)
            return "select";
        if (For is null)
            return "text";
        var type = Nullable.GetUnderlyingType(For.Metadata.ModelType) ?? For.Metadata.ModelType;
        return For.Metadata.DataTypeName switch
        {
            nameof(DataType.EmailAddress) => "email",
            nameof(DataType.PhoneNumber) => "tel",
            nameof(DataType.Url) => "url",
            nameof(DataType.Password) => "password",
            nameof(DataType.MultilineText) => "textarea",
            nameof(DataType.Date) => "date",
            _ => FieldText.InputType(type),
        };
    }
}
