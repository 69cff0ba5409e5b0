using System.Globalization;
using Crm.Abstractions.Records;
using Crm.Kernel.Records;
using Crm.Ui.Shell;
using Microsoft.AspNetCore.Html;
using Microsoft.Extensions.Localization;

namespace Crm.Kernel.RecordPages;

/// <summary>A field's value as people read it, as markup and as words.</summary>
internal static class FieldMarkup
{
    /// <summary>Markup; <paramref name="brief"/> for a cell of a list, which has room for one line.</summary>
    public static IHtmlContent Of(RecordField field, object? value, IStringLocalizer l, bool brief = false) => new Drawn(pen => Draw(pen, field, value, l, brief));

    /// <summary>The same, drawn.</summary>
    public static void Draw(HtmlPen pen, RecordField field, object? value, IStringLocalizer l, bool brief)
    {
        switch (value)
        {
            case null:
                break;
            case LinkView link:
                Link(pen, link, l);
                break;
            case IReadOnlyList<LinkView> links:
                Links(pen, links, l);
                break;
            case IReadOnlyList<ValueEntry> values:
                Values(pen, field, values, l, brief);
                break;
            case IReadOnlyList<string> words:
                Tags(pen, field, words, l);
                break;
            case string text when field.Kind == FieldKind.OneOf:
                Choice(pen, field, text, l);
                break;
            case string text when field.Kind == FieldKind.LongText:
                Lines(pen, text, brief);
                break;
            case string text:
                Reachable(pen, field, text);
                break;
            default:
                pen.Text(Words(field, value, l));
                break;
        }
    }

    /// <summary>Plain words, as a sentence says them.</summary>
    public static string Words(RecordField field, object? value, IStringLocalizer l) => value switch
    {
        null => "",
        bool yes => yes ? l["Yes"] : l["No"],
        // Up to four digits it may be a year, which nobody groups.
        decimal number => number.ToString(Math.Abs(number) < 10_000 ? "0.######" : "#,0.######", CultureInfo.CurrentCulture),
        DateOnly day => day.ToString("d", CultureInfo.CurrentCulture),
        TimeOnly time => time.ToString("t", CultureInfo.CurrentCulture),
        Money money => money.Amount.ToString("#,0.00##", CultureInfo.CurrentCulture) + "\u00a0" + money.Currency,
        DateTimeOffset at => at.ToString("g", CultureInfo.CurrentCulture),
        LinkView link => link.Title ?? l["Restricted"],
        IReadOnlyList<LinkView> links => string.Join(", ", links.Select(v => v.Title ?? l["Restricted"])),
        IReadOnlyList<ValueEntry> values => string.Join(", ", values.Select(v => Shown(field, v.Value))),
        IReadOnlyList<string> words => string.Join(", ", words.Select(w => Label(field, w, l))),
        string text when field.Kind == FieldKind.OneOf => Label(field, text, l),
        _ => Convert.ToString(value, CultureInfo.CurrentCulture) ?? "",
    };

    /// <summary>Says whether there is anything to show.</summary>
    public static bool IsEmpty(object? value) => value switch
    {
        null or "" => true,
        IReadOnlyList<ValueEntry> values => values.Count == 0,
        IReadOnlyList<string> words => words.Count == 0,
        IReadOnlyList<LinkView> links => links.Count == 0,
        _ => false,
    };

    /// <summary>A choice that has colours: a status, shown as a badge.</summary>
    public static bool IsBadge(RecordField field) => field.Kind == FieldKind.OneOf && field.Options.Any(o => o.Colour is not null);

    public static string Label(RecordField field, string value, IStringLocalizer l) =>
        field.Options.FirstOrDefault(o => string.Equals(o.Value, value, StringComparison.OrdinalIgnoreCase)) is { } option ? l[option.Label] : value;

    private static void Link(HtmlPen pen, LinkView link, IStringLocalizer l)
    {
        if (link.Title is null)
            Span(pen, "muted", l["Restricted"]);
        else if (link.Url is null)
            pen.Text(link.Title);
        else
            Anchor(pen, link.Url, link.Title);
    }

    private static void Links(HtmlPen pen, IReadOnlyList<LinkView> links, IStringLocalizer l)
    {
        for (var i = 0; i < links.Count; i++)
        {
            if (i > 0)
                pen.Text(", ");
            Link(pen, links[i], l);
        }
    }

    private static void Choice(HtmlPen pen, RecordField field, string value, IStringLocalizer l)
    {
        var colour = field.Options.FirstOrDefault(o => string.Equals(o.Value, value, StringComparison.OrdinalIgnoreCase))?.Colour;
        var words = Label(field, value, l);
        if (colour is null)
            pen.Text(words);
        else
            pen.Raw("<span class=\"status-word status-").Text(colour).Raw("\"><i class=\"ti ti-").Raw(IconOf(colour)).Raw("\" aria-hidden=\"true\"></i>").Text(words).Raw("</span>");
    }

    // Colour is never alone: who doesn't see it has the icon's form.
    private static string IconOf(string colour) => colour switch
    {
        "green" => "circle-check",
        "yellow" => "clock",
        "orange" => "alert-circle",
        "red" => "alert-triangle",
        "gray" => "circle-minus",
        "purple" => "bookmark",
        _ => "circle-dot",
    };

    private static void Tags(HtmlPen pen, RecordField field, IReadOnlyList<string> words, IStringLocalizer l)
    {
        pen.Raw("<span class=\"tags\">");
        foreach (var word in words)
            Span(pen, "tag", Label(field, word, l));
        pen.Raw("</span>");
    }

    private static void Values(HtmlPen pen, RecordField field, IReadOnlyList<ValueEntry> values, IStringLocalizer l, bool brief)
    {
        var tag = brief ? "span" : "div";
        for (var i = 0; i < (brief ? Math.Min(1, values.Count) : values.Count); i++)
        {
            var entry = values[i];
            pen.Raw("<").Raw(tag).Raw(entry.Value.Length < 24 ? " class=\"value-line\">" : ">");
            Reachable(pen, field, entry.Value, !entry.IsDoubtful);
            if (!brief && entry.Kind.Length > 0)
                Span(pen.Raw(" "), "muted small", Label(field, entry.Kind, l));
            if (!brief && entry.IsDoubtful)
                Doubt(pen.Raw(" "), l);
            pen.Raw("</").Raw(tag).Raw(">");
        }

        if (brief && values.Count > 1)
            Span(pen.Raw(" "), "muted small", $"+{values.Count - 1}");
    }

    private static void Doubt(HtmlPen pen, IStringLocalizer l)
    {
        string words = l["Kept as typed: this can't be read as a number"];
        pen.Raw("<i class=\"ti ti-help-circle\" role=\"img\" title=\"").Text(words).Raw("\" aria-label=\"").Text(words).Raw("\"></i>");
    }

    private static void Reachable(HtmlPen pen, RecordField field, string text, bool isSure = true)
    {
        if (field.InputType == "email" && text.Contains('@', StringComparison.Ordinal))
            Anchor(pen, "mailto:" + text, text);
        else if (field.InputType == "tel" && isSure && text.Any(char.IsAsciiDigit))
            Anchor(pen, "tel:" + new string([.. text.Where(c => char.IsAsciiDigit(c) || c == '+')]), Shown(field, text));
        else if (field.InputType == "url" && Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https")
            Anchor(pen, uri.AbsoluteUri, text, outside: true);
        else
            pen.Text(Shown(field, text));
    }

    private static string Shown(RecordField field, string text) => field.Shown?.Invoke(text) ?? text;

    private static void Lines(HtmlPen pen, string text, bool brief)
    {
        if (brief)
        {
            pen.Text(PlainText.Shorten(text, 80));
            return;
        }

        var first = true;
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            if (!first)
                pen.Raw("<br>");
            pen.Text(line);
            first = false;
        }
    }

    private static void Anchor(HtmlPen pen, string url, string text, bool outside = false) =>
        pen.Raw("<a href=\"").Text(url).Raw(outside ? "\" rel=\"noopener noreferrer\" target=\"_blank\">" : "\">").Text(text).Raw("</a>");

    private static void Span(HtmlPen pen, string css, string text) => pen.Raw("<span class=\"").Raw(css).Raw("\">").Text(text).Raw("</span>");
}
