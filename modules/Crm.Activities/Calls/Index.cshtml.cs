using System.Globalization;
using Crm.Abstractions.Data;
using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Activities.Cadence;
using Crm.Activities.Consents;
using Crm.Activities.Interactions;
using Crm.Activities.Tasks;
using Crm.Ui.Shell;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Crm.Activities.Calls;

/// <summary>One call after the other: who it is, the number, what was said last; one key ends the call and brings the next.</summary>
[Permission(ActivitiesPermissions.Edit)]
internal sealed class IndexModel(
    CrmDb db, CallList list, LogCall log, TaskRows rows, Refusals refusals, TooOften often, SecondThoughts thoughts, TimeProvider clock, DueWords words, IRecordTypes types, IRecordReading reading, IChoices choices, IUserZone zone, IStringLocalizer<ActivitiesText> text) : PageModel
{
    private const int Shown = 5;
    private const string CallBack = "call-back";

    // Digits first; then letters that mean nothing else on the page and in the menu of what is new.
    private const string Keys = "1234567890abdfhimqruvwyz";

    public CrmTask? Task { get; private set; }

    public int Waiting { get; private set; }

    /// <summary>True where the list goes on above.</summary>
    public bool Skipped { get; private set; }

    public string Name { get; private set; } = "";

    public string Kind { get; private set; } = "";

    public string? Address { get; private set; }

    public DueWord Due { get; private set; } = null!;

    public IReadOnlyList<string> Standing { get; private set; } = [];

    public IReadOnlyList<string> Banners { get; private set; } = [];

    /// <summary>When and where the customer refused to be called; null where he did not.</summary>
    public string? Refusal { get; private set; }

    /// <summary>What is said where this call would be one too many.</summary>
    public IReadOnlyList<string> Often { get; private set; } = [];

    public IReadOnlyList<(string Kind, string Number, string Shown)> Numbers { get; private set; } = [];

    public IReadOnlyList<CallContact> Contacts { get; private set; } = [];

    public IReadOnlyList<TaskRow> Next { get; private set; } = [];

    public string? Note { get; private set; }

    public string? AgainOn { get; private set; }

    public string? AgainAt { get; private set; }

    public bool AsksAgain => ModelState.ErrorCount > 0 && (ModelState.ContainsKey("againOn") || ModelState.ContainsKey("againAt"));

    /// <summary>The ways in which a call can end, each with its key.</summary>
    public IEnumerable<(FieldOption Outcome, string Key)> Outcomes => Offered.Select((o, i) => (o, i < Keys.Length ? Keys[i].ToString() : ""));

    public IEnumerable<(string Label, string Day)> Days =>
        new[] { (text["Today"].Value, 0), (text["Tomorrow"].Value, 1), (text["In a week"].Value, 7) }
            .Select(d => (d.Item1, words.Today.AddDays(d.Item2).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));

    private IEnumerable<FieldOption> Offered => choices.Of(ActivitiesLists.Outcomes.Name).Where(o => !o.IsRetired);

    public async Task<IActionResult> OnGetAsync(Guid? task, Guid? after, CancellationToken ct)
    {
        await ShowAsync(task, after, ct);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid task, string? outcome, string? note, string? againOn, string? againAt, CancellationToken ct)
    {
        (Note, AgainOn, AgainAt) = (note, againOn, againAt);
        ModelState.Clear();
        try
        {
            if (Read(outcome) is { } result)
            {
                var logged = await log.RunAsync(task, result, ct);
                var said = await thoughts.AfterAsync(Interaction.KindName, logged.InteractionId, text["Call logged: {0}", text[Offered.First(o => o.Value == outcome).Label]], ct);
                TempData.Toast(said, $"/activities/calls?handler=Undo&task={task}&interaction={logged.InteractionId}&next={logged.NextId}");
                return LocalRedirect("/activities/calls");
            }
        }
        catch (RuleViolation wrong)
        {
            db.ChangeTracker.Clear();
            foreach (var (field, message) in wrong.Said(text))
                ModelState.AddModelError(field == "text" ? "note" : "", message);
        }

        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        await ShowAsync(task, null, ct);
        return Page();
    }

    public async Task<IActionResult> OnPostUndoAsync(Guid task, Guid interaction, Guid? next, CancellationToken ct)
    {
        try
        {
            return await log.UndoAsync(task, new LoggedCall(interaction, next), ct) ? new NoContentResult() : NotFound();
        }
        catch (RuleViolation wrong)
        {
            return new ConflictObjectResult(string.Join(' ', wrong.Said(text).Select(w => w.Text)));
        }
    }

    private CallResult? Read(string? outcome)
    {
        if (!Offered.Any(o => o.Value == outcome))
            ModelState.AddModelError("", text["Say how the call went."]);
        DateOnly? on = null;
        TimeOnly? at = null;
        if (outcome == CallBack)
        {
            on = FormText.Day(AgainOn) ?? ModelState.Wrong<DateOnly>("againOn", text["Say on which day to call again."]);
            at = FormText.Time(AgainAt);
            if (at is null && !string.IsNullOrWhiteSpace(AgainAt))
                ModelState.AddModelError("againAt", text["Write a time, such as 14:30."]);
        }

        return ModelState.IsValid ? new CallResult(outcome!, string.IsNullOrWhiteSpace(Note) ? null : Note) { AgainOn = on, AgainAt = at, Zone = zone.Zone.Id } : null;
    }

    private async Task ShowAsync(Guid? asked, Guid? after, CancellationToken ct)
    {
        var open = (await list.OpenAsync(ct)).ToList();
        Waiting = open.Count;
        var at = asked is { } id && open.Contains(id) ? open.IndexOf(id) : after is { } last ? open.IndexOf(last) + 1 : 0;
        Skipped = at > 0;
        if (at >= open.Count)
            return;
        Task = await (await list.CallsAsync(ct)).Include(t => t.Spine).FirstAsync(t => t.Id == open[at], ct);
        Due = words.Of(Task);
        var then = open.Skip(at + 1).Take(Shown).ToList();
        Next = [.. (await rows.ReadAsync((await list.CallsAsync(ct)).Where(t => then.Contains(t.Id)), ct)).OrderBy(r => then.IndexOf(r.Task.Id))];
        Refusal = (await refusals.OfAsync(Task.AboutId!.Value, ActivitiesLists.Phone, ct))?.In(text);
        Often = [.. (await often.WarnAsync(new PlannedContact([Task.AboutId!.Value], ActivitiesLists.Phone, clock.GetUtcNow(), null), ct)).Select(w => w.In(text))];
        await WhoAsync(Task.AboutId!.Value, ct);
    }

    private async Task WhoAsync(Guid about, CancellationToken ct)
    {
        if (await (await db.VisibleAmongAsync([about], ct)).AsNoTracking().FirstOrDefaultAsync(ct) is not { } record)
            return;
        var type = types.Find(record.Kind)!;
        (Name, Kind, Address) = (record.Title, record.Kind, type.UrlOf(about));
        if (await reading.ReadAsync(about, ct) is { } said)
        {
            Banners = [.. type.Fields.Where(f => f.IsBanner && said.Words.ContainsKey(f.Name)).Select(f => said.Words[f.Name])];
            Standing = [.. new[] { "jobTitle", "organization", "status" }.Where(said.Words.ContainsKey).Select(n => said.Words[n])];
            Numbers = [.. type.Fields.Where(f => f.InputType == "tel" && said.Values.ContainsKey(f.Name))
                .SelectMany(f => said.Values[f.Name].Where(v => v.Kind != "fax").Select(v => (text[v.Kind].Value, Dialled(v.Value), f.Shown?.Invoke(v.Value) ?? v.Value)))];
        }

        Contacts = await ContactsAsync(about, ct);
    }

    private async Task<IReadOnlyList<CallContact>> ContactsAsync(Guid about, CancellationToken ct)
    {
        if (!(await db.RightsAsync(ct)).May(ActivitiesPermissions.View))
            return [];
        var last = await (await db.VisibleAsync<Interaction>(ct)).AsNoTracking().Where(i => db.Set<Touch>().Any(t => t.RecordId == about && t.InteractionId == i.Id))
            .OrderByDescending(i => i.At).ThenByDescending(i => i.Id).Take(Shown).Select(i => new { i.Id, i.Spine.Title, i.At, i.Channel, i.Outcome }).ToListAsync(ct);
        var channels = choices.Of(ActivitiesLists.Channels.Name);
        var outcomes = choices.Of(ActivitiesLists.Outcomes.Name);
        return last.ConvertAll(i => new CallContact(
            i.Id, i.Title, i.At, channels.FirstOrDefault(c => c.Value == i.Channel)?.Icon ?? "message-2", outcomes.FirstOrDefault(o => o.Value == i.Outcome) is { } o ? text[o.Label].Value : ""));
    }

    // What a telephone dials: digits, and the plus before them.
    private static string Dialled(string number) => string.Concat(number.Where(c => char.IsAsciiDigit(c) || c is '+' or '*' or '#'));
}

/// <summary>A contact of before, as the call's page shows it.</summary>
internal sealed record CallContact(Guid Id, string Title, DateTimeOffset At, string Icon, string Outcome);
