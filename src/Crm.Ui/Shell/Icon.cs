using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Crm.Ui.Shell;

/// <summary><c>&lt;icon name="users" /&gt;</c>: a Tabler icon, hidden from screen readers unless it has a title.</summary>
[HtmlTargetElement("icon", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class Icon : TagHelper
{
    /// <summary>The icon's name without prefix.</summary>
    public string Name { get; set; } = "";

    /// <summary>What it means, where no word stands beside it; translated.</summary>
    public string? Title { get; set; }

    /// <inheritdoc />
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "i";
        output.TagMode = TagMode.StartTagAndEndTag;
        var own = output.Attributes["class"]?.Value?.ToString();
        output.Attributes.SetAttribute("class", own is null ? $"ti ti-{Name}" : $"ti ti-{Name} {own}");
        if (string.IsNullOrEmpty(Title))
        {
            output.Attributes.SetAttribute("aria-hidden", "true");
            return;
        }

        output.Attributes.SetAttribute("role", "img");
        output.Attributes.SetAttribute("aria-label", Title);
        output.Attributes.SetAttribute("title", Title);
    }
}
