using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Html;

namespace Crm.Kernel.SignIn;

/// <summary>Draws a QR code as inline SVG: dark on a white ground whatever the theme, as readers need it.</summary>
internal static class QrPicture
{
    // The quiet zone that the standard asks for.
    private const int Margin = 4;

    public static IHtmlContent Svg(string text, string label)
    {
        var code = QrCode.Of(text);
        var path = new StringBuilder();
        for (var y = 0; y < code.Size; y++)
        {
            for (var x = 0; x < code.Size; x++)
            {
                if (code.IsDark(x, y))
                    path.Append(CultureInfo.InvariantCulture, $"M{x + Margin} {y + Margin}h1v1h-1z");
            }
        }

        var side = code.Size + (2 * Margin);
        return new HtmlString(
            $"<svg viewBox=\"0 0 {side} {side}\" width=\"240\" height=\"240\" role=\"img\" aria-label=\"{WebUtility.HtmlEncode(label)}\" shape-rendering=\"crispEdges\">"
            + $"<rect width=\"{side}\" height=\"{side}\" fill=\"#fff\"/><path d=\"{path}\" fill=\"#000\"/></svg>");
    }
}
