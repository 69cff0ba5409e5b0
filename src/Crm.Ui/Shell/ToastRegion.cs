using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Localization;

namespace Crm.Ui.Shell;

/// <summary><c>&lt;toast-region /&gt;</c>: where toasts appear, with the one kept in TempData. The layout has it; pages don't.</summary>
[HtmlTargetElement("toast-region", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class ToastRegion(IStringLocalizer<UiText> text) : TagHelper
{
    /// <summary>The view, for its TempData.</summary>
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    /// <inheritdoc />
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("id", "toasts");
        output.Attributes.SetAttribute("class", "toasts");
        output.Attributes.SetAttribute("role", "status");
        output.Attributes.SetAttribute("aria-live", "polite");
        output.Attributes.SetAttribute("data-undo", text["Undo"].Value);
        output.Attributes.SetAttribute("data-close", text["Close"].Value);
        output.Attributes.SetAttribute("data-undone", text["Undone"].Value);
        output.Attributes.SetAttribute("data-failed", text["That did not work. Nothing was changed; try again, or reload the page."].Value);
        output.Attributes.SetAttribute("data-offline", text["The server does not answer. What you typed is kept; try again in a moment."].Value);
        if (Toast.FromTempData(ViewContext.TempData[Toast.TempDataKey]) is not { } toast)
            return;

        output.Attributes.SetAttribute("data-toast", toast.Text);
        if (toast.UndoUrl is not null)
            output.Attributes.SetAttribute("data-toast-undo", toast.UndoUrl);
    }
}
