using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Crm.Ui.Fields;

/// <summary>
/// <c>&lt;form method="post" action="/…"&gt;</c>: a form that is posted to an address of this site carries the token against forged requests.
/// The framework gives it to forms without an address only; such a form would be refused.
/// </summary>
[HtmlTargetElement("form", Attributes = "[method=post], action")]
public sealed class PostedForm(IHtmlGenerator generator) : TagHelper
{
    /// <summary>The view, for the token of its request.</summary>
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    /// <inheritdoc />
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        // What htmx sends has the token in a header; who writes asp-antiforgery has said it himself.
        if (context.AllAttributes.ContainsName("asp-antiforgery") || output.Attributes.ContainsName("hx-post") || !IsOurs(output.Attributes["action"]?.Value))
            return;
        if (generator.GenerateAntiforgery(ViewContext) is { } token)
            output.PostContent.AppendHtml(token);
    }

    private static bool IsOurs(object? action)
    {
        using var words = new StringWriter();
        if (action is IHtmlContent content)
            content.WriteTo(words, NullHtmlEncoder.Default);
        else
            words.Write(action);
        var address = words.ToString();
        return address.StartsWith('?') || (address.StartsWith('/') && !address.StartsWith("//", StringComparison.Ordinal));
    }
}
