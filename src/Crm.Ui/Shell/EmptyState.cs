using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Crm.Ui.Shell;

/// <summary><c>&lt;empty-state icon="users" title="…" text="…"&gt;</c>: what this place is for, and inside it the first step as a link or button.</summary>
[HtmlTargetElement("empty-state")]
public sealed class EmptyState : TagHelper
{
    /// <summary>A Tabler icon's name without prefix.</summary>
    public string Icon { get; set; } = "inbox";

    /// <summary>What is not here yet; translated.</summary>
    public string Title { get; set; } = "";

    /// <summary>What this is for and how to begin; translated.</summary>
    public string? Text { get; set; }

    /// <inheritdoc />
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var acts = await output.GetChildContentAsync();
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "empty-state");
        output.Content.AppendHtml("<span class=\"empty-state-icon\"><i class=\"ti ti-").Append(Icon).AppendHtml("\" aria-hidden=\"true\"></i></span><p class=\"empty-state-title\">")
            .Append(Title).AppendHtml("</p>");
        if (!string.IsNullOrEmpty(Text))
            output.Content.AppendHtml("<p class=\"empty-state-text\">").Append(Text).AppendHtml("</p>");
        if (!acts.IsEmptyOrWhiteSpace)
            output.Content.AppendHtml("<div class=\"empty-state-acts\">").AppendHtml(acts).AppendHtml("</div>");
    }
}
