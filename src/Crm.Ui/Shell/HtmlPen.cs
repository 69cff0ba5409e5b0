using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;

namespace Crm.Ui.Shell;

/// <summary>Writes markup as it is and text encoded, straight to the answer: for what a page has hundreds of, where a tag helper or a builder each would cost more than all else.</summary>
/// <param name="to">Where it goes.</param>
/// <param name="encoder">The page's encoder.</param>
public readonly struct HtmlPen(TextWriter to, HtmlEncoder encoder)
{
    /// <summary>Markup of our own.</summary>
    /// <param name="markup">Written as it is: never anything that somebody typed.</param>
    public HtmlPen Raw(string markup)
    {
        to.Write(markup);
        return this;
    }

    /// <summary>Text, or the value of an attribute.</summary>
    /// <param name="text">Written encoded.</param>
    public HtmlPen Text(string? text)
    {
        if (!string.IsNullOrEmpty(text))
            encoder.Encode(to, text);
        return this;
    }
}

/// <summary>A piece of a page that a pen draws when the page is written.</summary>
/// <param name="draw">Draws it.</param>
public sealed class Drawn(Action<HtmlPen> draw) : IHtmlContent
{
    /// <inheritdoc />
    public void WriteTo(TextWriter writer, HtmlEncoder encoder) => draw(new HtmlPen(writer, encoder));
}
