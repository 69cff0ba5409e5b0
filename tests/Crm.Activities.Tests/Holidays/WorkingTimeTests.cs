using System.Net;
using Crm.Abstractions.Data;
using Crm.Abstractions.Security;
using Crm.Activities.Holidays;
using Crm.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Activities.Tests.Holidays;

/// <summary>Hours and holidays come down the tree of departments.</summary>
public abstract class WorkingTimeTests(CrmHost host)
{
    [Fact]
    public async Task A_department_has_its_own_hours_or_those_above_and_all_holidays_above()
    {
        var people = new People(host);
        var top = await people.DepartmentAsync("Baltics");
        var below = await people.DepartmentAsync("Riga", top);
        var (name, other) = ($"u{Guid.CreateVersion7():N}", $"u{Guid.CreateVersion7():N}");
        var inside = await people.UserAsync(name, ReadyRoles.Sales, below);
        var outside = await people.UserAsync(other, ReadyRoles.Sales);
        using var boss = await Browser.SignedInAsync(host, "admin");
        await AddAsync(boss, top, "Top day", "2026-05-04");
        await AddAsync(boss, below, "Riga day", "2026-08-20");
        await HoursAsync(boss, top, "08:00", "16:00", HttpStatusCode.Redirect);

        var week = (await ReadAsync(inside))[inside];
        Assert.Equal(("Top day", "Riga day"), (week.HolidayOn(new DateOnly(2030, 5, 4)), week.HolidayOn(new DateOnly(2030, 8, 20))));
        // Monday: the site's zone is UTC here.
        Assert.True(week.IsWorking(new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero)));
        Assert.False(week.IsWorking(new DateTimeOffset(2026, 3, 2, 16, 0, 0, TimeSpan.Zero)));
        Assert.False(week.IsWorking(new DateTimeOffset(2026, 3, 3, 9, 0, 0, TimeSpan.Zero)));
        Assert.False(week.IsWorking(new DateTimeOffset(2026, 5, 4, 9, 0, 0, TimeSpan.Zero)));
        Assert.Null((await ReadAsync(outside))[outside].HolidayOn(new DateOnly(2030, 5, 4)));

        await HoursAsync(boss, below, "10:00", "18:00", HttpStatusCode.Redirect);
        Assert.True((await ReadAsync(inside))[inside].IsWorking(new DateTimeOffset(2026, 3, 2, 17, 0, 0, TimeSpan.Zero)));
        await HoursAsync(boss, below, "18:00", "10:00", HttpStatusCode.UnprocessableEntity);
        await HoursAsync(boss, below, "soon", "later", HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task Only_who_may_sets_them()
    {
        var name = $"u{Guid.CreateVersion7():N}";
        await new People(host).UserAsync(name, ReadyRoles.Sales);
        using var browser = await Browser.SignedInAsync(host, name);
        using var page = await browser.GetAsync("/activities/holidays");
        Assert.NotEqual(HttpStatusCode.OK, page.StatusCode);
        using var boss = await Browser.SignedInAsync(host, "admin");
        using var nowhere = await boss.GetAsync($"/activities/holidays?department={Guid.CreateVersion7()}");
        Assert.Equal(HttpStatusCode.NotFound, nowhere.StatusCode);
    }

    private static async Task AddAsync(Browser boss, Guid department, string name, string day)
    {
        using var added = await boss.PostAsync($"/activities/holidays?department={department}&handler=Add", new() { ["Input.Name"] = name, ["Input.Day"] = day, ["Input.Rule"] = "Date" }, "/activities/holidays");
        Assert.Equal(HttpStatusCode.Redirect, added.StatusCode);
    }

    private static async Task HoursAsync(Browser boss, Guid department, string from, string to, HttpStatusCode answer)
    {
        using var saved = await boss.PostAsync(
            $"/activities/holidays?department={department}&handler=Hours", new() { ["Hours[0].Weekday"] = "Monday", ["Hours[0].Begins"] = from, ["Hours[0].Ends"] = to }, "/activities/holidays");
        Assert.Equal(answer, saved.StatusCode);
    }

    private async Task<IReadOnlyDictionary<Guid, WorkingWeek>> ReadAsync(Guid user)
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await new WorkingTime(scope.ServiceProvider.GetRequiredService<CrmDb>(), scope.ServiceProvider.GetRequiredService<IStaff>()).OfAsync([user], default);
    }
}

public sealed class WorkingTimeOnSqlite(SqliteHost host) : WorkingTimeTests(host), IClassFixture<SqliteHost>;

public sealed class WorkingTimeOnPostgres(PostgresHost host) : WorkingTimeTests(host), IClassFixture<PostgresHost>;
