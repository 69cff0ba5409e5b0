using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Localization;

namespace Crm.Ui.Shell;

/// <summary>
/// <c>&lt;page-head title="…" breadcrumb="…"&gt;</c>: where we are, what this is, one primary action, the rest under "more",
/// and at most one row of tabs or filters. Slots: <c>page-action</c>, <c>page-more</c>, <c>page-row</c>.
/// </summary>
[HtmlTargetElement("page-head")]
public sealed class PageHead(IStringLocalizer<UiText> text, HtmlEncoder encoder) : TagHelper
{
    /// <summary>The heading, also the browser's title; translated.</summary>
    public string Title { get; set; } = "";

    /// <summary>The steps above this page, from the module down; the page itself is not among them.</summary>
    public IReadOnlyList<Crumb> Breadcrumb { get; set; } = [];

    /// <summary>A line under the title, such as "about 12,400"; translated.</summary>
    public string? Subtitle { get; set; }

    /// <summary>The view, for its title.</summary>
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    /// <inheritdoc />
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var slots = new PageSlots();
        context.Items[typeof(PageSlots)] = slots;
        await output.GetChildContentAsync();
        if (ViewContext.ViewData["Title"] is null)
            ViewContext.ViewData["Title"] = Title;

        output.TagName = "header";
        output.TagMode = TagMode.StartTagAndEndTag;
        var own = output.Attributes["class"]?.Value?.ToString();
        output.Attributes.SetAttribute("class", own is null ? "page-top" : $"page-top {own}");
        var html = output.Content;
        Crumbs(html);
        html.AppendHtml("<div class=\"page-top-line\"><div class=\"page-top-words\"><h1 class=\"page-top-title\">").Append(Title).AppendHtml("</h1>");
        if (!string.IsNullOrEmpty(Subtitle))
            html.AppendHtml("<div class=\"page-top-sub\">").Append(Subtitle).AppendHtml("</div>");
        html.AppendHtml("</div>");
        Actions(html, slots);
        html.AppendHtml("</div>");
        if (slots.Row is not null)
            html.AppendHtml("<div class=\"page-top-row\">").AppendHtml(slots.Row).AppendHtml("</div>");
    }

    private void Crumbs(IHtmlContentBuilder html)
    {
        if (Breadcrumb.Count == 0)
            return;
        html.AppendHtml("<nav aria-label=\"").Append(text["Breadcrumb"]).AppendHtml("\"><ol class=\"crumbs\">");
        foreach (var crumb in Breadcrumb)
            html.AppendHtml("<li><a href=\"" + encoder.Encode(crumb.Url) + "\">").Append(crumb.Text).AppendHtml("</a></li>");
        html.AppendHtml("</ol></nav>");
    }

    private void Actions(IHtmlContentBuilder html, PageSlots slots)
    {
        if (slots.Action is null && slots.More is null)
            return;
        html.AppendHtml("<div class=\"page-top-acts\">");
        if (slots.Action is not null)
            html.AppendHtml(slots.Action);
        if (slots.More is not null)
        {
            html.AppendHtml("<div class=\"dropdown\"><button type=\"button\" class=\"btn\" data-bs-toggle=\"dropdown\" aria-expanded=\"false\"><i class=\"ti ti-dots\" aria-hidden=\"true\"></i>")
                .AppendHtml("<span class=\"phone-hide\">").Append(text["More"])
                .AppendHtml("</span></button><div class=\"dropdown-menu dropdown-menu-end\">").AppendHtml(slots.More).AppendHtml("</div></div>");
        }

        html.AppendHtml("</div>");
    }
}
