using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Abstractions.Records;
using Crm.Calendar;
using Crm.Calendar.Recurrence;

namespace Crm.Activities.Appointments;

/// <summary>What was typed into the form, as it was typed.</summary>
internal sealed class PlanForm
{
    public string? Subject { get; set; }

    public Guid? About { get; set; }

    public List<Guid> With { get; set; } = [];

    public List<Guid> Colleagues { get; set; } = [];

    public Guid? Whose { get; set; }

    public bool IsAllDay { get; set; }

    public string? StartOn { get; set; }

    public string? StartTime { get; set; }

    public string? EndOn { get; set; }

    public string? EndTime { get; set; }

    public string? Zone { get; set; }

    public string? Place { get; set; }

    public string? Channel { get; set; }

    public string? Repeat { get; set; }

    public string? Until { get; set; }

    public string? Remind { get; set; }

    public string? Text { get; set; }

    /// <summary>The version of what was there when the form began, and what it held then.</summary>
    public long? Version { get; set; }

    public string? Was { get; set; }

    public static PlanForm Of(Appointment a)
    {
        var form = Read(a);
        (form.Was, form.Version) = (JsonSerializer.Serialize(form), a.Spine.Version);
        return form;
    }

    /// <summary>The form once more, where somebody else saved meanwhile: what was typed stays, and what was left as it was is as it is now.</summary>
    public PlanForm Over(Appointment now)
    {
        var fresh = Of(now);
        var (typed, theirs) = (Fields(this), Fields(fresh));
        foreach (var (name, was) in Began())
        {
            if (typed.ContainsKey(name) && JsonNode.DeepEquals(Same(typed[name]), Same(was)))
                typed[name] = theirs[name]?.DeepClone();
        }

        var form = typed.Deserialize<PlanForm>()!;
        (form.Was, form.Version) = (fresh.Was, fresh.Version);
        return form;
    }

    private static PlanForm Read(Appointment a)
    {
        var rule = SoundRule(a);
        return new PlanForm
        {
            Subject = a.Subject, About = a.AboutId, With = [.. a.People()], Colleagues = [.. a.Colleagues.Select(c => c.UserId)], Whose = a.Spine.OwnerId,
            IsAllDay = a.IsAllDay, StartOn = Day(a.StartOn), StartTime = Time(a.StartTime), EndOn = Day(a.EndOn ?? a.StartOn), EndTime = Time(a.IsAllDay ? null : TimeOnly.FromDateTime(a.LocalEnd)),
            Zone = a.Zone, Place = a.Place, Channel = a.Channel, Text = a.Text, Remind = a.RemindMinutes?.ToString(CultureInfo.InvariantCulture),
            Repeat = RepeatChoice.Of(rule, a.StartOn), Until = rule?.Until is { } until ? Day(until.LastDay(a.ZoneInfo)) : null,
        };
    }

    public DateOnly? ReadStart() => ReadDay(StartOn);

    /// <summary>Writes it to an appointment; links are the page's to check.</summary>
    /// <exception cref="RuleViolation">Something can't be read.</exception>
    public void Write(Appointment a)
    {
        var start = ReadDay(StartOn) ?? throw new RuleViolation("startOn", "Say on which day.");
        (a.Subject, a.Text, a.Place) = (Subject?.Trim() ?? "", Blank(Text?.ReplaceLineEndings("\n")), Blank(Place));
        a.Channel = Blank(Channel);
        a.RemindMinutes = string.IsNullOrWhiteSpace(Remind) ? null
            : int.TryParse(Remind, NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) ? minutes : throw new RuleViolation("remindMinutes", "Give the minutes before, up to two months.");
        var from = IsAllDay ? null : ReadTime("startTime", StartTime);
        var to = IsAllDay ? null : ReadTime("endTime", EndTime);
        if (!IsAllDay && from is null)
            throw new RuleViolation("startTime", "Say when it begins, or that it takes the whole day.");
        var end = string.IsNullOrWhiteSpace(EndOn) ? start : ReadDay(EndOn) ?? throw new RuleViolation("endOn", "Write a date, such as 2026-03-31.");
        (a.StartOn, a.StartTime, a.EndOn, a.EndTime, a.Zone) = (start, from, end, to, Zone ?? "");
        if (Repeat != RepeatChoice.Own)
            a.Rule = RepeatChoice.Rule(Repeat ?? "", start, string.IsNullOrWhiteSpace(Until) ? null : ReadDay(Until) ?? throw new RuleViolation("rule", "Write a date, such as 2026-03-31."))?.ToString();
        if (a.ReadRule()?.Until is { } last && last.LastDay(a.ZoneInfo) < start)
            throw new RuleViolation("rule", "It would be over before it begins.");
    }

    private static JsonObject Fields(PlanForm form) => JsonSerializer.SerializeToNode(form)!.AsObject();

    // It comes with the form, as anything may.
    private JsonObject Began()
    {
        try
        {
            return Was is null ? [] : JsonNode.Parse(Was) as JsonObject ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    // A browser writes nothing as nothing or as an empty text, ends lines its own way, and lists in any order.
    private static JsonNode? Same(JsonNode? value) => value switch
    {
        JsonArray many => new JsonArray([.. many.Select(m => m?.ToString()).Order(StringComparer.Ordinal).Select(m => (JsonNode?)m)]),
        JsonValue one when one.GetValueKind() == JsonValueKind.String => Blank(one.GetValue<string>().ReplaceLineEndings("\n")) is { } text ? JsonValue.Create(text) : null,
        _ => value?.DeepClone(),
    };

    private static RecurrenceRule? SoundRule(Appointment a)
    {
        try
        {
            return a.ReadRule();
        }
        catch (CalendarFormatException)
        {
            return null;
        }
    }

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static DateOnly? ReadDay(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static TimeOnly? ReadTime(string field, string? text) => string.IsNullOrWhiteSpace(text) ? null
        : TimeOnly.TryParseExact(text, ["HH:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : throw new RuleViolation(field, "Write a time, such as 14:30.");

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string? Time(TimeOnly? time) => time?.ToString("HH:mm", CultureInfo.InvariantCulture);
}
