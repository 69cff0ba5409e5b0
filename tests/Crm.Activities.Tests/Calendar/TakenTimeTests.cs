using Crm.Activities.Appointments;
using Crm.Activities.Calendar;
using Crm.Testing;
using Microsoft.EntityFrameworkCore;

namespace Crm.Activities.Tests.Calendar;

/// <summary>Whose time an appointment takes is read by indexes, however many appointments the company ever had.</summary>
public sealed class TakenTimeTests(SqliteHost host) : IClassFixture<SqliteHost>
{
    [Fact]
    public Task A_calendar_begins_with_what_is_its_users_own() => host.InAsync(async db =>
    {
        var (from, to) = (TimeProvider.System.GetUtcNow(), TimeProvider.System.GetUtcNow().AddDays(7));
        await db.Database.OpenConnectionAsync();
        await using var command = db.Set<Appointment>().Where(a => a.FirstStart < to && a.LastEnd > from).Taking(db, [Guid.CreateVersion7()]).OrderBy(a => a.FirstStart).Take(10).CreateDbCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + command.CommandText;
        await using var reader = await command.ExecuteReaderAsync();
        var plan = "";
        while (await reader.ReadAsync())
            plan += reader.GetString(3) + "\n";
        Assert.Contains("IX_core_record_owner_id_kind", plan, StringComparison.Ordinal);
        Assert.Contains("IX_activities_appointment_colleague_user_id", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("SCAN a\n", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("IX_activities_appointment_first_start", plan, StringComparison.Ordinal);
    });
}
