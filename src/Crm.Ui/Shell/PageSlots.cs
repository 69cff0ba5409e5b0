using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Crm.Ui.Shell;

/// <summary>What the slots of a <see cref="PageHead"/> or <see cref="EmptyState"/> were given.</summary>
internal sealed class PageSlots
{
    public IHtmlContent? Action { get; set; }

    public IHtmlContent? More { get; set; }

    public IHtmlContent? Row { get; set; }

    public static PageSlots? Of(TagHelperContext context) => context.Items.TryGetValue(typeof(PageSlots), out var slots) ? slots as PageSlots : null;
}

/// <summary>The one primary action of a page: a link or button with <c>class="btn btn-primary"</c>.</summary>
[HtmlTargetElement("page-action", ParentTag = "page-head")]
public sealed class PageAction : TagHelper
{
    /// <inheritdoc />
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        PageSlots.Of(context)?.Action = await output.GetChildContentAsync();
        output.SuppressOutput();
    }
}

/// <summary>What stands under "more": links and buttons with <c>class="dropdown-item"</c>.</summary>
[HtmlTargetElement("page-more", ParentTag = "page-head")]
public sealed class PageMore : TagHelper
{
    /// <inheritdoc />
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var content = await output.GetChildContentAsync();
        if (!content.IsEmptyOrWhiteSpace)
            PageSlots.Of(context)?.More = content;
        output.SuppressOutput();
    }
}

/// <summary>The one row of tabs or filters under the title.</summary>
[HtmlTargetElement("page-row", ParentTag = "page-head")]
public sealed class PageRow : TagHelper
{
    /// <inheritdoc />
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        PageSlots.Of(context)?.Row = await output.GetChildContentAsync();
        output.SuppressOutput();
    }
}
