using System.Globalization;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Crm.Ui.Shell;

/// <summary><c>&lt;avatar name="Anna Bērziņa" /&gt;</c>: initials on a colour that is always the same for one name, or a picture.</summary>
[HtmlTargetElement("avatar", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class Avatar : TagHelper
{
    private const int Colours = 8;

    /// <summary>Whose it is; the name itself stands beside it, so screen readers skip the initials.</summary>
    public string Name { get; set; } = "";

    /// <summary>Given instead of those taken from the name.</summary>
    public string? Initials { get; set; }

    /// <summary>A picture's address, or null.</summary>
    public string? Src { get; set; }

    /// <summary><c>xs</c>, <c>sm</c>, <c>md</c> (default) or <c>lg</c>.</summary>
    public string Size { get; set; } = "md";

    /// <summary>Square for organisations and things, round for people.</summary>
    public bool Square { get; set; }

    /// <inheritdoc />
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "span";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", Face(Name, Size, Square));
        output.Attributes.SetAttribute("aria-hidden", "true");
        if (string.IsNullOrEmpty(Src))
        {
            output.Content.SetContent(string.IsNullOrEmpty(Initials) ? InitialsOf(Name) : Initials);
            return;
        }

        var img = new Microsoft.AspNetCore.Mvc.Rendering.TagBuilder("img") { TagRenderMode = Microsoft.AspNetCore.Mvc.Rendering.TagRenderMode.SelfClosing };
        img.Attributes["src"] = Src;
        img.Attributes["alt"] = "";
        output.Content.SetHtmlContent(img);
    }

    /// <summary>The same as the tag, for rows of which a page has many.</summary>
    /// <param name="pen">Draws it.</param>
    /// <param name="name">Whose it is.</param>
    /// <param name="size">As of the tag.</param>
    /// <param name="square">As of the tag.</param>
    public static void Draw(HtmlPen pen, string name, string size, bool square) =>
        pen.Raw("<span class=\"").Raw(Face(name, size, square)).Raw("\" aria-hidden=\"true\">").Text(InitialsOf(name)).Raw("</span>");

    private static string Face(string name, string size, bool square) => $"face face-{size} face-c{Colour(name)}{(square ? " face-square" : "")}";

    /// <summary>The first letters of the first and last word; whole letters, whatever the script.</summary>
    public static string InitialsOf(string name)
    {
        var words = name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Where(w => char.IsLetterOrDigit(w, 0)).ToArray();
        return words.Length switch
        {
            0 => "?",
            1 => First(words[0]),
            _ => First(words[0]) + First(words[^1]),
        };
    }

    private static string First(string word) => StringInfo.GetNextTextElement(word).ToUpper(CultureInfo.CurrentCulture);

    private static uint Colour(string name)
    {
        // FNV-1a: the same on every node and after every restart, which string.GetHashCode is not.
        var hash = 2166136261u;
        foreach (var c in name)
            hash = (hash ^ c) * 16777619u;
        return hash % Colours;
    }
}
