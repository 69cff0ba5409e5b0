using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Crm.Abstractions.Security;
using Crm.Activities.Tests.Calendar;
using Crm.Testing;

namespace Crm.Activities.Tests.Appointments;

/// <summary>The form in which an appointment is planned: beside others who change it, and as far as its writer's rights go.</summary>
public abstract partial class PlanPageTests(CrmHost host)
{
    private readonly Team _team = new(host);

    [Fact]
    public async Task A_form_that_was_opened_before_somebody_moved_it_moves_nothing_back()
    {
        var (_, name, api) = await _team.SalesAsync();
        var id = await Team.MadeAsync(api, "appointments", CalendarTests.Planned("Visit", place: "Room 1"));
        using var browser = await Browser.SignedInAsync(host, name);
        var page = $"/activities/appointments/plan/{id}";
        var form = Form(await browser.ReadAsync(page));
        Assert.Equal(("2026-03-03", "09:00", "Room 1"), (form["Input.StartOn"], form["Input.StartTime"], form["Input.Place"]));
        using var moved = await api.PatchAsync(id, new { startOn = "2026-03-05", endOn = "2026-03-05", place = "Room 2" });
        Assert.Equal(HttpStatusCode.OK, moved.StatusCode);

        using var stale = await browser.PostAsync(page, new(form) { ["Input.Subject"] = "Visit with the chef", ["Input.Place"] = "Showroom" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, stale.StatusCode);
        var html = await stale.Content.ReadAsStringAsync();
        Assert.Contains("Somebody changed this in the meantime", html, StringComparison.Ordinal);
        Assert.Equal("Visit", (await Team.ReadAsync(api, $"/api/v1/appointments/{id}")).GetProperty("subject").GetString());
        // What he typed is there, and what he left alone is as the other had it.
        var again = Form(html);
        Assert.Equal(("Visit with the chef", "Showroom", "2026-03-05"), (again["Input.Subject"], again["Input.Place"], again["Input.StartOn"]));
        using var saved = await browser.PostAsync(page, again);
        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        var now = await Team.ReadAsync(api, $"/api/v1/appointments/{id}");
        Assert.Equal(("Visit with the chef", "Showroom", "2026-03-05"), (now.GetProperty("subject").GetString(), now.GetProperty("place").GetString(), now.GetProperty("startOn").GetString()));
        // Without a word of what it began with, nothing is written either; nor with nonsense there.
        foreach (var was in new[] { "", "{", "[1]", "{\"Subject\":[[1]],\"Nothing\":2}" })
        {
            using var refused = await browser.PostAsync(page, new(again) { ["Input.Version"] = "1", ["Input.Was"] = was });
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        }
    }

    [Fact]
    public async Task An_untouched_form_changes_nothing()
    {
        var (_, name, api) = await _team.SalesAsync();
        var id = await Team.MadeAsync(api, "appointments", new { subject = "Visit", startOn = "2026-03-03", startTime = "09:00", endTime = "10:00", zone = Team.Riga, text = "Bring\nthe samples", rule = "FREQ=WEEKLY;BYDAY=TU" });
        using var browser = await Browser.SignedInAsync(host, name);
        var before = await Team.ReadAsync(api, $"/api/v1/appointments/{id}");
        var form = Form(await browser.ReadAsync($"/activities/appointments/plan/{id}"));
        using var saved = await browser.PostAsync($"/activities/appointments/plan/{id}", new(form) { ["Input.Text"] = "Bring\r\nthe samples" });
        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        var after = await Team.ReadAsync(api, $"/api/v1/appointments/{id}");
        foreach (var field in new[] { "subject", "startOn", "text", "rule", "over" })
            Assert.Equal(before.GetProperty(field).ToString(), after.GetProperty(field).ToString());
    }

    [Theory]
    [Trait("F", "15")]
    [InlineData(ReadyRoles.Sales, false)]
    [InlineData(ReadyRoles.PeopleManager, true)]
    public async Task Into_anothers_calendar_plans_by_the_form_who_may_by_the_API(string role, bool may)
    {
        var (_, name, api) = await _team.SalesAsync(role);
        var (director, directorName, _) = await _team.SalesAsync(ReadyRoles.DecisionMaker);
        using var browser = await Browser.SignedInAsync(host, name);
        using var byApi = await api.PostAsJsonAsync(new Uri("/api/v1/appointments", UriKind.Relative), new { subject = "By program", startOn = "2026-03-03", startTime = "09:00", zone = Team.Riga, whose = director });
        Assert.Equal(may ? HttpStatusCode.Created : HttpStatusCode.UnprocessableEntity, byApi.StatusCode);
        using var byForm = await browser.PostAsync("/activities/appointments/plan", new()
        {
            ["Input.Subject"] = "By hand", ["Input.StartOn"] = "2026-03-03", ["Input.StartTime"] = "09:00", ["Input.EndTime"] = "10:00", ["Input.Zone"] = Team.Riga, ["Input.Whose"] = director.ToString(),
        });
        Assert.Equal(may ? HttpStatusCode.Redirect : HttpStatusCode.UnprocessableEntity, byForm.StatusCode);
        Assert.Equal(may, (await browser.ReadAsync($"/activities/appointments/plan?whose={director}")).Contains("name=\"Input.Whose\"", StringComparison.Ordinal));
        Assert.Equal(may, (await browser.ReadAsync($"{CalendarRoom.Week}&who={director}")).Contains($"whose={director}", StringComparison.Ordinal));
        using var theirs = await Browser.SignedInAsync(host, directorName);
        Assert.Equal(may, (await theirs.ReadAsync("/notifications")).Contains("In your calendar: By hand", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_is_written_to_reads_the_details_and_the_form_says_so()
    {
        var (_, name, _) = await _team.SalesAsync();
        using var browser = await Browser.SignedInAsync(host, name);
        Assert.Contains("Guests read this in the invitation", await browser.ReadAsync("/activities/appointments/plan"), StringComparison.Ordinal);
    }

    // What a browser would send of the page's form.
    private static Dictionary<string, string> Form(string html)
    {
        var form = new Dictionary<string, string>();
        foreach (Match input in Input().Matches(html))
        {
            if (!input.Value.Contains("type=\"checkbox\"", StringComparison.Ordinal) || input.Value.Contains(" checked", StringComparison.Ordinal))
                form[input.Groups["name"].Value] = WebUtility.HtmlDecode(Value().Match(input.Value).Groups["value"].Value);
        }

        foreach (Match area in Area().Matches(html))
            form[area.Groups["name"].Value] = WebUtility.HtmlDecode(area.Groups["value"].Value).TrimStart('\r', '\n');
        foreach (Match choice in Choice().Matches(html))
        {
            if (Selected().Match(choice.Value) is { Success: true } selected)
                form[choice.Groups["name"].Value] = WebUtility.HtmlDecode(Value().Match(selected.Value).Groups["value"].Value);
        }

        return form;
    }

    [GeneratedRegex("""<input[^>]* name="(?<name>Input\.[^"]+)"[^>]*>""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Input();

    [GeneratedRegex("""<textarea[^>]* name="(?<name>Input\.[^"]+)"[^>]*>(?<value>[^<]*)</textarea>""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Area();

    [GeneratedRegex("""<select[^>]* name="(?<name>Input\.[^"]+)"[^>]*>.*?</select>""", RegexOptions.ExplicitCapture | RegexOptions.Singleline, 1000)]
    private static partial Regex Choice();

    [GeneratedRegex("""<option[^>]* selected[^>]*>""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Selected();

    [GeneratedRegex("""\svalue="(?<value>[^"]*)["]""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Value();
}

public sealed class PlanPageOnSqlite(SqliteHost host) : PlanPageTests(host), IClassFixture<SqliteHost>;

public sealed class PlanPageOnPostgres(PostgresHost host) : PlanPageTests(host), IClassFixture<PostgresHost>;
