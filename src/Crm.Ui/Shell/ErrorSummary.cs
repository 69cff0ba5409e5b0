using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Localization;

namespace Crm.Ui.Shell;

/// <summary><c>&lt;error-summary /&gt;</c> above a form: what is wrong, each with a link to its field. Renders nothing while all is well.</summary>
[HtmlTargetElement("error-summary", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class ErrorSummary(IStringLocalizer<UiText> text) : TagHelper
{
    /// <summary>The view, for its errors.</summary>
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    /// <inheritdoc />
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var errors = ViewContext.ViewData.ModelState.Where(e => e.Value?.ValidationState == ModelValidationState.Invalid)
            .SelectMany(e => e.Value!.Errors.Select(error => (Field: e.Key, Text: Words(error)))).Distinct().ToArray();
        if (errors.Length == 0)
        {
            output.SuppressOutput();
            return;
        }

        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "notice notice-danger");
        output.Attributes.SetAttribute("role", "alert");
        output.Attributes.SetAttribute("data-error-summary", "");
        output.Attributes.SetAttribute("tabindex", "-1");
        output.Content.AppendHtml("<i class=\"ti ti-alert-circle\" aria-hidden=\"true\"></i><div><p class=\"notice-title\">")
            .Append(text["Not saved yet: please look at this"]).AppendHtml("</p><ul>");
        foreach (var (field, words) in errors)
        {
            output.Content.AppendHtml("<li>");
            output.Content.AppendHtml(Entry(field, words));
            output.Content.AppendHtml("</li>");
        }

        output.Content.AppendHtml("</ul></div>");
    }

    private static TagBuilder Entry(string field, string words)
    {
        var entry = new TagBuilder(field.Length == 0 ? "span" : "a");
        if (field.Length > 0)
            entry.Attributes["href"] = "#" + TagBuilder.CreateSanitizedId(field, "_");
        entry.InnerHtml.Append(words);
        return entry;
    }

    private string Words(ModelError error) => error.ErrorMessage.Length > 0 ? error.ErrorMessage : text["This value cannot be read."];
}
