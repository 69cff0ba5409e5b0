using System.Net;
using Crm.Activities.Appointments;
using Crm.Activities.Tests.Calendar;
using Crm.Kernel.Notifications;
using Crm.Kernel.Security;
using Crm.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Activities.Tests.Appointments;

/// <summary>What people are told of appointments in which they take part.</summary>
public abstract class AppointmentNewsTests(CrmHost host)
{
    private static readonly DateTime _day = TimeProvider.System.GetUtcNow().UtcDateTime.Date.AddDays(20);
    private readonly Team _team = new(host);

    [Fact]
    public async Task Who_takes_part_is_told_that_it_is_moved_and_called_off()
    {
        var (_, name, api) = await _team.SalesAsync();
        var (berta, bertaName, _) = await _team.SalesAsync();
        var id = await Team.MadeAsync(api, "appointments", new { subject = "Joint visit", startOn = Iso(_day), startTime = "09:00", endTime = "10:00", zone = Team.Riga, colleagues = new[] { berta } });
        using var anna = await Browser.SignedInAsync(host, name);
        using var other = await Browser.SignedInAsync(host, bertaName);
        using var moved = await anna.MoveAsync(id, $"{Iso(_day)}T09:00:00", new() { ["Input.Day"] = Iso(_day.AddDays(1)), ["Input.From"] = "11:00", ["Input.To"] = "12:00" });
        Assert.Equal(HttpStatusCode.NoContent, moved.StatusCode);
        Assert.Contains($"Moved: Joint visit, {Iso(_day.AddDays(1))} 11:00", await other.ReadAsync("/notifications"), StringComparison.Ordinal);
        // A corrected word is no news.
        using var word = await api.PatchAsync(id, new { subject = "Joint visit!" });
        Assert.Equal(HttpStatusCode.OK, await Team.DoAsync(api, "appointments", id, "cancel"));
        Assert.Equal(HttpStatusCode.OK, await Team.DoAsync(api, "appointments", id, "reopen"));
        Assert.Equal(["In your calendar: Joint visit", "Moved: Joint visit", "Called off: Joint visit!", "Takes place: Joint visit!"], await ToldAsync(berta));
        // Who did it knows it.
        Assert.DoesNotContain("Joint visit", await anna.ReadAsync("/notifications"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_series_they_are_told_which_time_is_meant()
    {
        var (_, name, api) = await _team.SalesAsync();
        var (berta, _, _) = await _team.SalesAsync();
        var id = await Team.MadeAsync(api, "appointments", new { subject = "Stand-up", startOn = Iso(_day), startTime = "09:00", endTime = "09:15", zone = Team.Riga, rule = "FREQ=DAILY", colleagues = new[] { berta } });
        using var anna = await Browser.SignedInAsync(host, name);
        using var off = await anna.CallOffAsync(id, $"{Iso(_day.AddDays(2))}T09:00:00");
        using var single = await anna.MoveAsync(id, $"{Iso(_day.AddDays(3))}T09:00:00", new() { ["Input.Day"] = Iso(_day.AddDays(3)), ["Input.From"] = "14:00", ["Input.To"] = "15:00", ["Input.Reach"] = "One" });
        using var end = await anna.CallOffAsync(id, $"{Iso(_day.AddDays(5))}T09:00:00", "Following");
        Assert.Equal(
            ["In your calendar: Stand-up", $"Called off: Stand-up, {Iso(_day.AddDays(2))} 09:00", $"Moved: Stand-up, {Iso(_day.AddDays(3))} 14:00", $"Called off: Stand-up, {Iso(_day.AddDays(5))} 09:00"],
            await ToldAsync(berta, whole: true));
    }

    [Fact]
    public async Task What_is_over_concerns_nobody()
    {
        var (_, _, api) = await _team.SalesAsync();
        var (berta, _, _) = await _team.SalesAsync();
        var id = await Team.MadeAsync(api, "appointments", new { subject = "Long ago", startOn = "2020-03-03", startTime = "09:00", endTime = "10:00", zone = Team.Riga, colleagues = new[] { berta } });
        using var moved = await api.PatchAsync(id, new { startTime = "08:00" });
        Assert.Equal(["In your calendar: Long ago"], await ToldAsync(berta));
    }

    [Fact]
    public async Task A_reminder_says_the_time_on_its_readers_clock_and_of_a_whole_day_comes_in_time()
    {
        var (anna, _, api) = await _team.SalesAsync();
        var (berta, _, _) = await _team.SalesAsync();
        await host.InAsync(async db =>
        {
            (await db.Set<Crm.Kernel.Users.User>().FirstAsync(u => u.Id == berta)).TimeZone = "Asia/Kolkata";
            await db.SaveChangesAsync();
        });
        var call = await Team.MadeAsync(api, "appointments", new { subject = "Call", startOn = "2035-07-02", startTime = "09:00", endTime = "10:00", zone = "America/New_York", remindMinutes = 15, colleagues = new[] { berta } });
        await DueAsync(new AppointmentDue(call, At("2035-07-02T13:00")), At("2035-07-02T12:45"));
        Assert.Contains("Soon: Call, 2035-07-02 16:00", await ToldAsync(anna, whole: true));
        Assert.Contains("Soon: Call, 2035-07-02 18:30", await ToldAsync(berta, whole: true));

        var fair = await Team.MadeAsync(api, "appointments", new { subject = "At the fair", startOn = "2035-07-02", zone = Team.Riga, remindMinutes = 15 });
        await DueAsync(new AppointmentDue(fair, At("2035-07-01T21:00")), At("2035-07-02T05:45"));
        Assert.Contains("Soon: At the fair, 2035-07-02", await ToldAsync(anna, whole: true));
        await DueAsync(new AppointmentDue(fair, At("2035-07-01T21:00")), At("2035-07-02T08:00"));
        Assert.Contains("Began, told late: At the fair, 2035-07-02", await ToldAsync(anna, whole: true));
    }

    [Fact]
    public async Task An_edit_after_the_reminder_reminds_nobody_again()
    {
        var (_, _, api) = await _team.SalesAsync();
        var call = await Team.MadeAsync(api, "appointments", new { subject = "Told", startOn = "2035-07-02", startTime = "09:00", endTime = "10:00", zone = Team.Riga, remindMinutes = 15 });
        Assert.True(await IsPlannedAsync());
        await DueAsync(new AppointmentDue(call, At("2035-07-02T06:00")), At("2035-07-02T05:45"));
        using var word = await api.PatchAsync(call, new { place = "Room 2", startTime = "09:00" });
        Assert.False(await IsPlannedAsync());
        // Another day is another time.
        using var day = await api.PatchAsync(call, new { startOn = "2035-07-03" });
        Assert.True(await IsPlannedAsync());

        async Task<bool> IsPlannedAsync()
        {
            var isPlanned = false;
            await host.InAsync(async db => isPlanned = await db.Set<Crm.Kernel.Jobs.DueFact>().AnyAsync(d => d.AboutId == call));
            return isPlanned;
        }
    }

    private static string Iso(DateTime day) => day.ToString("yyyy-MM-dd", null);

    private static DateTimeOffset At(string utc) => AppointmentTimesTests.Utc(utc);

    // As the loop hands a fact over, at a moment of our own.
    private async Task DueAsync(AppointmentDue fact, DateTimeOffset now)
    {
        await using var scope = host.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Actor>().IsSystem = true;
        await ActivatorUtilities.CreateInstance<WhenAppointmentDue>(scope.ServiceProvider, new StoppedClock(now)).HandleAsync(fact, CancellationToken.None);
        await scope.ServiceProvider.GetRequiredService<Crm.Kernel.Data.KernelDb>().SaveChangesAsync();
    }

    private async Task<List<string>> ToldAsync(Guid user, bool whole = false)
    {
        List<string> told = [];
        await host.InAsync(async db => told = (await db.Set<Notification>().Where(n => n.UserId == user).OrderBy(n => n.Id).ToListAsync()).ConvertAll(n =>
            string.Format(null, n.Text, System.Text.Json.JsonSerializer.Deserialize<string[]>(n.Values)!)));
        return whole ? told : told.ConvertAll(t => t.Split(',')[0]);
    }

    private sealed class StoppedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}

public sealed class AppointmentNewsOnSqlite(SqliteHost host) : AppointmentNewsTests(host), IClassFixture<SqliteHost>;

public sealed class AppointmentNewsOnPostgres(PostgresHost host) : AppointmentNewsTests(host), IClassFixture<PostgresHost>;
