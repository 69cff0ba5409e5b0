using System.Globalization;
using Crm.Abstractions.Records;
using Crm.Kernel.Records;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.Extensions.Localization;

namespace Crm.Kernel.RecordPages;

/// <summary>A field's value as people read it, as markup and as words.</summary>
internal static class FieldMarkup
{
    /// <summary>Markup; <paramref name="brief"/> for a cell of a list, which has room for one line.</summary>
    public static IHtmlContent Of(RecordField field, object? value, IStringLocalizer l, bool brief = false) => value switch
    {
        null => HtmlString.Empty,
        LinkView link => Link(link, l),
        IReadOnlyList<LinkView> links => Links(links, l),
        IReadOnlyList<ValueEntry> values => Values(field, values, l, brief),
        IReadOnlyList<string> words => Tags(field, words, l),
        string text when field.Kind == FieldKind.OneOf => Choice(field, text, l),
        string text when field.Kind == FieldKind.LongText => Lines(text, brief),
        string text => Reachable(field, text),
        _ => new HtmlContentBuilder().Append(Words(field, value, l)),
    };

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

    private static IHtmlContent Link(LinkView link, IStringLocalizer l)
    {
        if (link.Title is null)
            return Span("muted", l["Restricted"]);
        return link.Url is null ? new HtmlContentBuilder().Append(link.Title) : Anchor(link.Url, link.Title);
    }

    private static HtmlContentBuilder Links(IReadOnlyList<LinkView> links, IStringLocalizer l)
    {
        var html = new HtmlContentBuilder();
        for (var i = 0; i < links.Count; i++)
            html.Append(i == 0 ? "" : ", ").AppendHtml(Link(links[i], l));
        return html;
    }

    private static IHtmlContent Choice(RecordField field, string value, IStringLocalizer l)
    {
        var colour = field.Options.FirstOrDefault(o => string.Equals(o.Value, value, StringComparison.OrdinalIgnoreCase))?.Colour;
        var words = Label(field, value, l);
        if (colour is null)
            return new HtmlContentBuilder().Append(words);
        var badge = new TagBuilder("span");
        badge.AddCssClass($"status-word status-{colour}");
        badge.InnerHtml.AppendHtml($"<i class=\"ti ti-{IconOf(colour)}\" aria-hidden=\"true\"></i>").Append(words);
        return badge;
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

    private static TagBuilder Tags(RecordField field, IReadOnlyList<string> words, IStringLocalizer l)
    {
        var tags = new TagBuilder("span");
        tags.AddCssClass("tags");
        foreach (var word in words)
            tags.InnerHtml.AppendHtml(Span("tag", Label(field, word, l)));
        return tags;
    }

    private static HtmlContentBuilder Values(RecordField field, IReadOnlyList<ValueEntry> values, IStringLocalizer l, bool brief)
    {
        var html = new HtmlContentBuilder();
        foreach (var entry in brief ? values.Take(1) : values)
        {
            var line = new TagBuilder(brief ? "span" : "div");
            if (entry.Value.Length < 24)
                line.AddCssClass("value-line");
            line.InnerHtml.AppendHtml(Reachable(field, entry.Value, !entry.IsDoubtful));
            if (!brief && entry.Kind.Length > 0)
                line.InnerHtml.Append(" ").AppendHtml(Span("muted small", Label(field, entry.Kind, l)));
            if (!brief && entry.IsDoubtful)
                line.InnerHtml.Append(" ").AppendHtml(Doubt(l));
            html.AppendHtml(line);
        }

        if (brief && values.Count > 1)
            html.Append(" ").AppendHtml(Span("muted small", $"+{values.Count - 1}"));
        return html;
    }

    private static TagBuilder Doubt(IStringLocalizer l)
    {
        var icon = new TagBuilder("i");
        icon.AddCssClass("ti ti-help-circle");
        icon.Attributes["role"] = "img";
        icon.Attributes["title"] = icon.Attributes["aria-label"] = l["Kept as typed: this can't be read as a number"];
        return icon;
    }

    private static IHtmlContent Reachable(RecordField field, string text, bool isSure = true) => field.InputType switch
    {
        "email" when text.Contains('@', StringComparison.Ordinal) => Anchor("mailto:" + text, text),
        "tel" when isSure && text.Any(char.IsAsciiDigit) => Anchor("tel:" + new string([.. text.Where(c => char.IsAsciiDigit(c) || c == '+')]), Shown(field, text)),
        "url" when Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" => Anchor(uri.AbsoluteUri, text, outside: true),
        _ => new HtmlContentBuilder().Append(Shown(field, text)),
    };

    private static string Shown(RecordField field, string text) => field.Shown?.Invoke(text) ?? text;

    private static IHtmlContent Lines(string text, bool brief)
    {
        if (brief)
            return new HtmlContentBuilder().Append(text.Length > 80 ? text[..79] + "…" : text);
        var html = new HtmlContentBuilder();
        var first = true;
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            if (!first)
                html.AppendHtml("<br>");
            html.Append(line);
            first = false;
        }

        return html;
    }

    private static TagBuilder Anchor(string url, string text, bool outside = false)
    {
        var link = new TagBuilder("a");
        link.Attributes["href"] = url;
        if (outside)
            (link.Attributes["rel"], link.Attributes["target"]) = ("noopener noreferrer", "_blank");
        link.InnerHtml.Append(text);
        return link;
    }

    private static TagBuilder Span(string css, string text)
    {
        var span = new TagBuilder("span");
        span.AddCssClass(css);
        span.InnerHtml.Append(text);
        return span;
    }
}
