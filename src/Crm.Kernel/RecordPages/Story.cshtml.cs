using System.Globalization;
using Crm.Kernel.Records;
using Crm.Kernel.Timeline;
using Crm.Ui.Shell;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;

namespace Crm.Kernel.RecordPages;

/// <summary>A record's timeline as a piece of its page: filters, entries, and more when scrolled to.</summary>
internal sealed class StoryModel(TimelineReader reader, RecordTypes types, TimeProvider clock, IUserZone zone) : TypedPage
{
    public string BaseUrl { get; private set; } = "";

    public string? Kind { get; private set; }

    public Guid? Person { get; private set; }

    public int Since { get; private set; }

    public bool IsMore { get; private set; }

    public bool IsFiltered => !string.IsNullOrEmpty(Kind) || Person is not null || Since > 0;

    /// <summary>The heading under which the entries before ended.</summary>
    public string Group { get; private set; } = "";

    public StoryPage Story { get; private set; } = new([], null);

    public StoryChoices Choices { get; private set; } = new([], []);

    public async Task<IActionResult> OnGetAsync(Guid id, string? kind, Guid? person, int since, string? after, string? group)
    {
        if (!IsFragment)
            return LocalRedirect(Type.UrlOf(id));
        if (!await IsVisibleAsync(id))
            return Refuse(404, L["This is not here any more, or not yours to see."]);
        (BaseUrl, Kind, Person, Since, IsMore, Group) = ($"{Type.UrlOf(id)}/timeline", kind, person, Math.Clamp(since, 0, 36_500), after is not null, group ?? "");
        DateTimeOffset? from = Since > 0 ? clock.GetUtcNow().AddDays(-Since) : null;
        Story = await reader.ReadAsync(Type, id, new StoryQuery(kind, person, from, after), Ct);
        if (!IsMore)
            Choices = await reader.ChoicesAsync(Type, id, Ct);
        return Page();
    }

    public string? NextUrl(string group) => Story.Next is null ? null : QueryHelpers.AddQueryString(BaseUrl, new Dictionary<string, string?>
    {
        ["kind"] = Kind,
        ["person"] = Person?.ToString(),
        ["since"] = Since.ToString(CultureInfo.InvariantCulture),
        ["after"] = Story.Next,
        ["group"] = group,
    });

    public string? LabelOf(string kind) => types.Find(kind) is { } type ? L[type.Label].Value : null;

    /// <summary>Today, yesterday, this week, then by month.</summary>
    public string GroupOf(DateTimeOffset at)
    {
        var day = TimeZoneInfo.ConvertTime(at, zone.Zone).Date;
        var today = TimeZoneInfo.ConvertTime(clock.GetUtcNow(), zone.Zone).Date;
        return (today - day).Days switch
        {
            < 0 => L["To come"],
            0 => L["Today"],
            1 => L["Yesterday"],
            < 7 => L["In the last week"],
            _ => day.ToString("Y", CultureInfo.CurrentCulture),
        };
    }
}
