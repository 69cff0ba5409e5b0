using System.Globalization;
using Crm.Abstractions.Data;
using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Ui.Shell;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Crm.Activities.Holidays;

/// <summary>Working hours and public holidays of a department, or of the whole company; departments below take them over.</summary>
[Permission(ActivitiesPermissions.Administer)]
internal sealed class IndexModel(CrmDb db, IStaff staff, TimeProvider clock, IStringLocalizer<ActivitiesText> text) : PageModel
{
    public const int MostHolidays = 200;

    /// <summary>Whose; null for the whole company.</summary>
    [FromQuery]
    public Guid? Department { get; set; }

    [BindProperty]
    public List<HoursForm> Hours { get; set; } = [];

    [BindProperty]
    public HolidayForm Input { get; set; } = new();

    public IReadOnlyList<StaffDepartment> Departments { get; private set; } = [];

    public IReadOnlyList<Holiday> Holidays { get; private set; } = [];

    public int Year => clock.GetUtcNow().Year;

    public string Name => Departments.FirstOrDefault(d => d.Id == Department)?.Name ?? text["Whole company"];

    public string Address => Department is { } id ? $"/activities/holidays?department={id}" : "/activities/holidays";

    public IEnumerable<SelectListItem> DepartmentItems => Departments.Select(d => new SelectListItem(d.Name, d.Id.ToString(), d.Id == Department)).Prepend(new SelectListItem(text["Whole company"], ""));

    public IEnumerable<SelectListItem> Rules =>
    [
        new(text["Every year on this date"], "Date", Input.Rule == HolidayRule.Date), new(text["Every year, as many days from Easter"], "Easter", Input.Rule == HolidayRule.Easter),
        new(text["Every year on this weekday of the month (first, second, …)"], "Weekday", Input.Rule == HolidayRule.Weekday), new(text["Every year on the last such weekday of the month"], "LastWeekday", Input.Rule == HolidayRule.LastWeekday), new(text["Only this day"], "Once", Input.Rule == HolidayRule.Once),
    ];

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        ModelState.Clear();
        return await ReadAsync(ct) ? Page() : NotFound();
    }

    public async Task<IActionResult> OnPostHoursAsync(CancellationToken ct)
    {
        ModelState.Clear();
        var sent = Hours.ToList();
        if (!await ReadAsync(ct))
            return NotFound();
        try
        {
            var wanted = sent.Where(h => Enum.IsDefined(h.Weekday) && !(string.IsNullOrWhiteSpace(h.Begins) && string.IsNullOrWhiteSpace(h.Ends)))
                .DistinctBy(h => h.Weekday).Select(h => h.Read(Department)).ToList();
            db.RemoveRange(await db.Set<WorkingHours>().Where(h => h.DepartmentId == Department).ToListAsync(ct));
            db.AddRange(wanted);
            await db.SaveChangesAsync(ct);
        }
        catch (RuleViolation wrong)
        {
            Hours = sent;
            return Refused(wrong);
        }

        TempData.Toast(text["Saved"]);
        return LocalRedirect(Address);
    }

    public async Task<IActionResult> OnPostAddAsync(CancellationToken ct)
    {
        ModelState.Clear();
        if (!await ReadAsync(ct))
            return NotFound();
        try
        {
            if (Holidays.Count >= MostHolidays)
                throw new RuleViolation("name", "These are too many.");
            var day = FormText.Day(Input.Day) ?? throw new RuleViolation("day", "Say on which day.");
            var holiday = new Holiday { DepartmentId = Department, Name = Input.Name?.Trim() ?? "", Day = day, Rule = Input.Rule };
            holiday.Check();
            db.Add(holiday);
            await db.SaveChangesAsync(ct);
        }
        catch (RuleViolation wrong)
        {
            return Refused(wrong);
        }

        TempData.Toast(text["Holiday added"]);
        return LocalRedirect(Address);
    }

    public async Task<IActionResult> OnPostRemoveAsync(Guid holiday, CancellationToken ct)
    {
        ModelState.Clear();
        if (!await ReadAsync(ct) || await db.Set<Holiday>().FirstOrDefaultAsync(h => h.Id == holiday && h.DepartmentId == Department, ct) is not { } found)
            return NotFound();
        db.Remove(found);
        await db.SaveChangesAsync(ct);
        TempData.Toast(text["Holiday removed"]);
        return LocalRedirect(Address);
    }

    private async Task<bool> ReadAsync(CancellationToken ct)
    {
        Departments = await staff.DepartmentsAsync(ct);
        if (Department is { } id && Departments.All(d => d.Id != id))
            return false;
        var rows = await db.Set<Holiday>().AsNoTracking().Where(h => h.DepartmentId == Department).ToListAsync(ct);
        Holidays = [.. rows.OrderBy(h => h.In(Year) ?? h.Day)];
        var hours = await db.Set<WorkingHours>().AsNoTracking().Where(h => h.DepartmentId == Department).ToListAsync(ct);
        var first = (int)CultureInfo.CurrentCulture.DateTimeFormat.FirstDayOfWeek;
        Hours = [.. Enumerable.Range(0, 7).Select(i => (DayOfWeek)((first + i) % 7)).Select(d => HoursForm.Of(d, hours.Find(h => h.Weekday == d)))];
        return true;
    }

    private PageResult Refused(RuleViolation wrong)
    {
        foreach (var (field, message) in wrong.Said(text))
            ModelState.AddModelError(field, message);
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }
}

/// <summary>One day of the week, as it was typed.</summary>
internal sealed class HoursForm
{
    public DayOfWeek Weekday { get; set; }

    public string? Begins { get; set; }

    public string? Ends { get; set; }

    public static HoursForm Of(DayOfWeek day, WorkingHours? hours) =>
        new() { Weekday = day, Begins = hours?.Begins.ToString("HH:mm", CultureInfo.InvariantCulture), Ends = hours?.Ends.ToString("HH:mm", CultureInfo.InvariantCulture) };

    public WorkingHours Read(Guid? department)
    {
        var hours = new WorkingHours { DepartmentId = department, Weekday = Weekday, Begins = Time(Begins), Ends = Time(Ends) };
        hours.Check();
        return hours;
    }

    private static TimeOnly Time(string? text) => FormText.Time(text)
        ?? throw new RuleViolation("hours", "Write when work begins and ends, such as 09:00 and 17:30; leave both empty on a day off.");
}

/// <summary>A holiday, as it was typed.</summary>
internal sealed class HolidayForm
{
    public string? Name { get; set; }

    public string? Day { get; set; }

    public HolidayRule Rule { get; set; } = HolidayRule.Date;
}
