using System.Globalization;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Localization;

namespace Crm.Ui.Shell;

/// <summary><c>&lt;rel-time at="@note.CreatedAt" /&gt;</c>: "3 hours ago", with the exact time in the reader's zone on hover.</summary>
[HtmlTargetElement("rel-time", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class RelTime(IStringLocalizer<UiText> text, TimeProvider clock, IUserZone user) : TagHelper
{
    /// <summary>The instant; null shows a dash.</summary>
    public DateTimeOffset? At { get; set; }

    /// <summary>A zone other than the reader's.</summary>
    public TimeZoneInfo? Zone { get; set; }

    /// <inheritdoc />
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagMode = TagMode.StartTagAndEndTag;
        if (At is not { } at)
        {
            output.TagName = "span";
            output.Content.SetContent("–");
            return;
        }

        var zone = Zone ?? user.Zone;
        var local = TimeZoneInfo.ConvertTime(at, zone);
        output.TagName = "time";
        output.Attributes.SetAttribute("datetime", Exact(at));
        output.Attributes.SetAttribute("title", local.ToString("f", CultureInfo.CurrentCulture));
        output.Content.SetContent(Words(local, TimeZoneInfo.ConvertTime(clock.GetUtcNow(), zone)));
    }

    /// <summary>The same as the tag, for rows of which a page has many.</summary>
    /// <param name="pen">Draws it.</param>
    /// <param name="at">The instant.</param>
    public void Draw(HtmlPen pen, DateTimeOffset at)
    {
        var zone = Zone ?? user.Zone;
        var local = TimeZoneInfo.ConvertTime(at, zone);
        pen.Raw("<time datetime=\"").Raw(Exact(at)).Raw("\" title=\"").Text(local.ToString("f", CultureInfo.CurrentCulture)).Raw("\">")
            .Text(Words(local, TimeZoneInfo.ConvertTime(clock.GetUtcNow(), zone))).Raw("</time>");
    }

    private static string Exact(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private string Words(DateTimeOffset at, DateTimeOffset now)
    {
        var past = at <= now;
        var apart = (now - at).Duration();
        if (apart < TimeSpan.FromSeconds(60))
            return past ? text["just now"] : text["in a moment"];
        if (apart < TimeSpan.FromHours(1))
            return Count((int)apart.TotalMinutes, past, "1 minute ago", "{0} minutes ago", "in 1 minute", "in {0} minutes");
        var days = (now.Date - at.Date).Days;
        if (days == 0)
            return Count((int)apart.TotalHours, past, "1 hour ago", "{0} hours ago", "in 1 hour", "in {0} hours");
        if (days is 1 or -1)
            return text[past ? "yesterday {0}" : "tomorrow {0}", at.ToString("t", CultureInfo.CurrentCulture)];
        if (Math.Abs(days) < 7)
            return Count(Math.Abs(days), past, "1 day ago", "{0} days ago", "in 1 day", "in {0} days");
        return at.ToString(at.Year == now.Year ? "d MMM" : "d MMM yyyy", CultureInfo.CurrentCulture);
    }

    private string Count(int n, bool past, string oneAgo, string manyAgo, string inOne, string inMany) =>
        n == 1 ? text[past ? oneAgo : inOne] : text[past ? manyAgo : inMany, n];
}
