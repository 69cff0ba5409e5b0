using Crm.Abstractions.Data;
using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Activities.Holidays;
using Microsoft.EntityFrameworkCore;

namespace Crm.Activities.Appointments;

/// <summary>A week of appointments of the sample company, its hours and its holidays.</summary>
internal sealed class SampleAppointments : ISample
{
    private const string Zone = "Europe/Riga";

    private static readonly (string Role, int Day, string Time, int Minutes, string Subject, string? Place, string? Channel, string? Rule, string[] With)[] _rows =
    [
        (ReadyRoles.Sales, 0, "09:00", 30, "Sales stand-up", "Room 2", null, "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", [ReadyRoles.PeopleManager]),
        (ReadyRoles.Sales, 0, "14:00", 60, "Visit: show the larger machine", "Brīvības iela 12", "in-person", null, []),
        (ReadyRoles.Sales, 1, "10:30", 45, "Call about the service contract", null, "phone", null, []),
        (ReadyRoles.Sales, 2, "13:00", 90, "Tasting with the head chef", "Showroom", "in-person", null, [ReadyRoles.Service]),
        (ReadyRoles.PeopleManager, 1, "10:00", 60, "Review of the quarter", "Room 1", null, "FREQ=MONTHLY;BYDAY=-1TU", [ReadyRoles.DecisionMaker]),
        (ReadyRoles.Service, 1, "11:00", 120, "Yearly service of the machines", "Tērbatas iela 3", "in-person", null, []),
        (ReadyRoles.Service, 3, "15:00", 30, "Handover of open tickets", null, null, "FREQ=WEEKLY;INTERVAL=2", []),
    ];

    public async Task AddAsync(CrmDb db, SampleCompany company, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(company);
        var people = await db.Records.Where(r => r.Kind == "person" && r.DeletedAt == null).OrderBy(r => r.Id).Select(r => r.Id).Take(_rows.Length).ToListAsync(ct);
        var today = DateOnly.FromDateTime(company.Now.UtcDateTime);
        foreach (var (row, index) in _rows.Select((r, i) => (r, i)))
        {
            var made = Appointment.New();
            var start = today.AddDays(row.Day).ToDateTime(TimeOnly.Parse(row.Time, System.Globalization.CultureInfo.InvariantCulture));
            made.Plan(start, start.AddMinutes(row.Minutes), isAllDay: false, Zone);
            (made.Subject, made.Place, made.Channel, made.Rule) = (row.Subject, row.Place, row.Channel, row.Rule);
            if (row.Channel is not null && index < people.Count)
                made.AboutId = people[index];
            made.TakePart(row.With.Select(r => company.Users[r]));
            made.Assign(company.Users[row.Role]);
            (made.Spine.CreatedById, made.Spine.CreatedAt) = (company.Users[row.Role], company.Now);
            db.Add(made);
        }

        AddOff(db, today, company);
        db.AddRange(Enumerable.Range(1, 5).Select(d => new WorkingHours { Weekday = (DayOfWeek)d, Begins = new TimeOnly(9, 0), Ends = new TimeOnly(17, 30) }));
        db.AddRange(
            new Holiday { Name = "New Year's Day", Day = new DateOnly(2026, 1, 1), Rule = HolidayRule.Date },
            new Holiday { Name = "Good Friday", Day = new DateOnly(2026, 4, 3), Rule = HolidayRule.Easter },
            new Holiday { Name = "Easter Monday", Day = new DateOnly(2026, 4, 6), Rule = HolidayRule.Easter },
            new Holiday { Name = "Midsummer", Day = new DateOnly(2026, 6, 24), Rule = HolidayRule.Date },
            new Holiday { Name = "Independence Day", Day = new DateOnly(2026, 11, 18), Rule = HolidayRule.Date },
            new Holiday { Name = "Christmas Day", Day = new DateOnly(2026, 12, 25), Rule = HolidayRule.Date });
        await db.SaveChangesAsync(ct);
    }

    private static void AddOff(CrmDb db, DateOnly today, SampleCompany company)
    {
        var off = Appointment.New();
        off.Plan(today.AddDays(2).ToDateTime(TimeOnly.MinValue), today.AddDays(4).ToDateTime(TimeOnly.MinValue), isAllDay: true, Zone);
        off.Subject = "At the fair";
        off.Assign(company.Users[ReadyRoles.PeopleManager]);
        db.Add(off);
    }
}
