using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Crm.Ui.Fields;

/// <summary>The input, select or textarea inside a <see cref="FormField"/>.</summary>
internal sealed class FormControl
{
    public required string Name { get; init; }

    public required string Id { get; init; }

    public required string Type { get; init; }

    public required string[] Values { get; init; }

    public required bool Required { get; init; }

    public required string? Error { get; init; }

    public required bool HasHint { get; init; }

    public required IEnumerable<SelectListItem>? Items { get; init; }

    public required string? Source { get; init; }

    public required string? ValueText { get; init; }

    public required bool Multiple { get; init; }

    public required int Rows { get; init; }

    public required string Choose { get; init; }

    public Dictionary<string, string> Attributes { get; } = new(StringComparer.OrdinalIgnoreCase);

    private string First => Values.Length == 0 ? "" : Values[0];

    public IHtmlContent Render() => Type switch
    {
        "select" => Select(),
        "textarea" => TextArea(),
        "checkbox" => Checkbox(),
        _ => Input(),
    };

    private TagBuilder Input()
    {
        var input = Start("input", "form-control");
        input.TagRenderMode = TagRenderMode.SelfClosing;
        input.Attributes.TryAdd("type", Type == "money" ? "text" : Type);
        if (Type is "money" or "number")
        {
            input.Attributes.TryAdd("inputmode", Type == "money" ? "decimal" : "numeric");
            input.AddCssClass("tabular");
        }

        // A password or a file never goes back to the browser.
        if (Type is not ("password" or "file"))
            input.Attributes["value"] = First;
        return input;
    }

    private TagBuilder TextArea()
    {
        var area = Start("textarea", "form-control");
        area.Attributes.TryAdd("rows", Rows.ToString(System.Globalization.CultureInfo.InvariantCulture));
        area.Attributes.TryAdd("data-autosize", "");
        // A browser drops the first line break inside a textarea.
        area.InnerHtml.AppendHtml("\n").Append(First);
        return area;
    }

    private HtmlContentBuilder Checkbox()
    {
        var box = Start("input", "form-check-input");
        box.TagRenderMode = TagRenderMode.SelfClosing;
        box.Attributes["type"] = "checkbox";
        box.Attributes["value"] = "true";
        if (Values.Contains("true", StringComparer.OrdinalIgnoreCase))
            box.Attributes["checked"] = "checked";
        var html = new HtmlContentBuilder();
        html.AppendHtml(box);
        // Unticked boxes are not sent: this says that the box was there.
        var off = new TagBuilder("input") { TagRenderMode = TagRenderMode.SelfClosing };
        off.Attributes["type"] = "hidden";
        off.Attributes["name"] = Name;
        off.Attributes["value"] = "false";
        return (HtmlContentBuilder)html.AppendHtml(off);
    }

    private TagBuilder Select()
    {
        var select = Start("select", "form-select");
        if (Multiple)
            select.Attributes["multiple"] = "multiple";
        if (Source is not null)
        {
            select.Attributes["data-picker"] = "";
            select.Attributes["data-source"] = Source;
        }

        if (!Multiple && Items?.Any(i => string.IsNullOrEmpty(i.Value)) != true)
            select.InnerHtml.AppendHtml(Option("", Choose, Values.Length == 0));
        foreach (var item in Items ?? [])
            select.InnerHtml.AppendHtml(Option(item.Value, item.Text, Values.Length == 0 ? item.Selected : Values.Contains(item.Value, StringComparer.Ordinal), item.Disabled));
        if (Items is null && First.Length > 0)
            select.InnerHtml.AppendHtml(Option(First, ValueText ?? First, selected: true));
        return select;
    }

    private static TagBuilder Option(string? value, string text, bool selected, bool disabled = false)
    {
        var option = new TagBuilder("option");
        option.Attributes["value"] = value;
        if (selected)
            option.Attributes["selected"] = "selected";
        if (disabled)
            option.Attributes["disabled"] = "disabled";
        option.InnerHtml.Append(text);
        return option;
    }

    private TagBuilder Start(string tag, string css)
    {
        var control = new TagBuilder(tag);
        foreach (var (name, value) in Attributes)
            control.Attributes[name] = value;
        control.AddCssClass(Error is null ? css : css + " is-invalid");
        control.Attributes["id"] = Id;
        control.Attributes["name"] = Name;
        if (Required && Type != "checkbox")
            control.Attributes["required"] = "required";
        if (Error is not null)
            control.Attributes["aria-invalid"] = "true";
        var described = string.Join(' ', new[] { Error is null ? null : $"{Id}-error", HasHint ? $"{Id}-hint" : null }.Where(d => d is not null));
        if (described.Length > 0)
            control.Attributes["aria-describedby"] = described;
        return control;
    }
}
