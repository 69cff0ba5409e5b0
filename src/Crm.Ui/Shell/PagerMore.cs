using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Localization;

namespace Crm.Ui.Shell;

/// <summary>
/// <c>&lt;pager-more url="?after=…" list="rows" columns="6" /&gt;</c> as the last child of the element with the id <c>rows</c>:
/// takes the next page's rows out of the same page and puts them in its own place. Without an URL it renders nothing.
/// </summary>
[HtmlTargetElement("pager-more", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class PagerMore(IStringLocalizer<UiText> text) : TagHelper
{
    /// <summary>The next page by keyset; null or empty when this is the last.</summary>
    public string? Url { get; set; }

    /// <summary>The id of the element that holds the rows, on this page and on the next.</summary>
    public string List { get; set; } = "rows";

    /// <summary>How many columns the table has; 0 when the rows are not table rows.</summary>
    public int Columns { get; set; }

    /// <summary>Said beside the button, such as "50 of about 12,400"; translated.</summary>
    public string? Shown { get; set; }

    /// <inheritdoc />
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (string.IsNullOrEmpty(Url))
        {
            output.SuppressOutput();
            return;
        }

        output.TagName = Columns > 0 ? "tr" : "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "pager-more");
        if (Columns > 0)
            output.Content.AppendHtml($"<td colspan=\"{Columns}\">");
        output.Content.AppendHtml(Button());
        if (!string.IsNullOrEmpty(Shown))
            output.Content.AppendHtml("<span class=\"pager-shown\">").Append(Shown).AppendHtml("</span>");
        if (Columns > 0)
            output.Content.AppendHtml("</td>");
    }

    private TagBuilder Button()
    {
        var link = new TagBuilder("a");
        link.AddCssClass("btn btn-sm");
        link.Attributes["href"] = Url;
        link.Attributes["hx-get"] = Url;
        link.Attributes["hx-target"] = "closest .pager-more";
        link.Attributes["hx-swap"] = "outerHTML";
        link.Attributes["hx-select"] = $"#{List} > *";
        link.InnerHtml.Append(text["Show more"]);
        return link;
    }
}
