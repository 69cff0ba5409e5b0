using Crm.Abstractions.Records;
using Crm.Activities.Appointments;

namespace Crm.Activities.Tests.Appointments;

/// <summary>What a wall clock shows stays; the moment follows by that date's own offset, in real zones.</summary>
public sealed class AppointmentTimesTests
{
    [Theory]
    [InlineData("Europe/Riga", "2026-03-27T09:00", "2026-03-27T07:00", "2026-03-30T06:00")]
    [InlineData("Europe/Riga", "2026-10-23T09:00", "2026-10-23T06:00", "2026-10-26T07:00")]
    [InlineData("America/New_York", "2026-03-06T09:00", "2026-03-06T14:00", "2026-03-09T13:00")]
    [InlineData("Australia/Lord_Howe", "2026-04-03T09:00", "2026-04-02T22:00", "2026-04-05T22:30")]
    [InlineData("Asia/Kolkata", "2026-03-27T09:00", "2026-03-27T03:30", "2026-03-30T03:30")]
    public void Nine_o_clock_stays_nine_o_clock_on_both_sides_of_a_change(string zone, string start, string first, string afterwards)
    {
        var made = Made(zone, start, 60, "FREQ=DAILY;INTERVAL=3");
        var times = made.Between(Utc("2026-01-01T00:00"), Utc("2027-01-01T00:00")).Take(2).ToList();
        Assert.Equal([Utc(first), Utc(afterwards)], times.Select(t => t.Start));
        Assert.All(times, t => Assert.Equal((TimeSpan.FromHours(9), TimeSpan.FromHours(1)), (t.Local.TimeOfDay, t.End - t.Start)));
    }

    [Fact]
    public void A_time_that_the_clocks_skip_is_later_and_one_that_comes_twice_the_first()
    {
        Assert.Equal(Utc("2026-03-29T01:30"), Made("Europe/Riga", "2026-03-29T03:30", 30, null).FirstStart);
        Assert.Equal(Utc("2026-10-25T00:30"), Made("Europe/Riga", "2026-10-25T03:30", 30, null).FirstStart);
        // In Lord Howe the clocks go by half an hour.
        Assert.Equal(Utc("2026-10-03T15:45"), Made("Australia/Lord_Howe", "2026-10-04T02:15", 30, null).FirstStart);
    }

    [Fact]
    public void A_night_on_which_the_clocks_go_back_takes_an_hour_longer()
    {
        var night = Made("Europe/Riga", "2026-10-24T22:00", 0, null, end: "2026-10-25T06:00");
        Assert.Equal(TimeSpan.FromHours(9), night.Length);
        Assert.Equal(TimeSpan.FromHours(7), Made("Europe/Riga", "2026-03-28T22:00", 0, null, end: "2026-03-29T06:00").Length);
    }

    [Theory]
    [InlineData(null, "2026-03-02T08:00")]
    [InlineData("FREQ=DAILY;COUNT=3", "2026-03-04T08:00")]
    [InlineData("FREQ=WEEKLY;UNTIL=20260316", "2026-03-17")]
    [InlineData("FREQ=YEARLY", "9000-01-01T00:00")]
    public void It_knows_when_it_is_over_for_ever(string? rule, string over)
    {
        var made = Made("Europe/Riga", "2026-03-02T09:00", 60, rule);
        // A last day is the end of that day at the earliest.
        Assert.True(over.Length > 10 ? made.LastEnd == Utc(over) : made.LastEnd >= Utc(over + "T00:00").AddHours(-3), made.LastEnd.ToString("O"));
    }

    [Fact]
    public void Days_are_days_and_end_with_the_last_of_them()
    {
        var days = Appointment.New();
        days.Plan(new DateTime(2026, 3, 28), new DateTime(2026, 3, 31), isAllDay: true, "Europe/Riga");
        Assert.Equal((new DateOnly(2026, 3, 28), new DateOnly(2026, 3, 30), true), (days.StartOn, days.EndOn, days.IsAllDay));
        Assert.Equal(TimeSpan.FromDays(3) - TimeSpan.FromHours(1), days.LastEnd - days.FirstStart);
    }

    [Theory]
    [InlineData("FREQ=SECONDLY", "rule")]
    [InlineData("FREQ=DAILY;BYHOUR=1,2,3,4", "rule")]
    [InlineData("FREQ=DAILY;COUNT=99999", "rule")]
    [InlineData("FREQ=DAILY;UNTIL=nonsense", "rule")]
    [InlineData("'; DROP TABLE", "rule")]
    public void A_rule_that_is_none_is_refused_and_breaks_nothing(string rule, string field)
    {
        var made = Made("Europe/Riga", "2026-03-02T09:00", 60, rule);
        Assert.Contains(field, Assert.Throws<RuleViolation>(made.Check).Errors.Keys);
        _ = made.Between(Utc("2026-01-01T00:00"), Utc("2026-06-01T00:00")).Take(3).ToList();
    }

    [Fact]
    public void A_rule_that_never_comes_ends_at_once_and_an_endless_one_is_read_only_where_it_is_shown()
    {
        Assert.Single(Made("Europe/Riga", "2026-03-02T09:00", 60, "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30").Between(Utc("2026-01-01T00:00"), Utc("2030-01-01T00:00")));
        Assert.Equal(7, Made("Europe/Riga", "1901-03-02T09:00", 60, "FREQ=DAILY").Between(Utc("2026-03-01T00:00"), Utc("2026-03-08T00:00")).Count());
    }

    [Fact]
    public void The_next_reminder_is_of_what_has_not_begun_and_of_nothing_that_is_left_out()
    {
        var made = Made("Europe/Riga", "2026-03-02T09:00", 60, "FREQ=DAILY");
        made.RemindMinutes = 30;
        made.Skip(new DateTime(2026, 3, 5, 9, 0, 0));
        Assert.Equal(Utc("2026-03-04T06:30"), Reminders.Next(made, Utc("2026-03-03T12:00"))!.Value.At);
        Assert.Equal(Utc("2026-03-06T06:30"), Reminders.Next(made, Utc("2026-03-04T07:00"))!.Value.At);
    }

    [Fact]
    public void What_was_sent_has_a_new_version_after_a_change_and_only_one()
    {
        var made = Made("Europe/Riga", "2026-03-02T09:00", 60, null);
        Assert.Equal(0, made.Sequence);
        made.MarkInvited();
        Assert.False(made.IsChangedSinceInvited);
        made.StartOn = made.StartOn.AddDays(1);
        made.Place = "Room 2";
        Assert.Equal((1, true), (made.Sequence, made.IsChangedSinceInvited));
    }

    [Theory]
    [InlineData("subject")]
    [InlineData("text")]
    public void Words_that_were_sent_are_a_new_version_too(string field)
    {
        var made = Made("Europe/Riga", "2026-03-02T09:00", 60, null);
        made.MarkInvited();
        if (field == "subject")
            made.Subject = "Visit, with the head chef";
        else
            made.Text = "Bring the samples";
        Assert.Equal((1, true), (made.Sequence, made.IsChangedSinceInvited));
    }

    [Fact]
    public void Of_a_whole_day_one_is_reminded_from_nine_in_the_morning_and_once()
    {
        var days = Appointment.New();
        days.Plan(new DateTime(2026, 3, 3), new DateTime(2026, 3, 4), isAllDay: true, "Europe/Riga");
        (days.Rule, days.RemindMinutes) = ("FREQ=DAILY", 15);
        // At two in the night the day has begun, and its reminder is still to come.
        Assert.Equal(Utc("2026-03-03T06:45"), Reminders.Next(days, Utc("2026-03-03T00:00"))!.Value.At);
        // Told at a quarter to nine, the next is tomorrow's; after nine as well. On the day on which the clocks change it is nine all the same.
        Assert.Equal(Utc("2026-03-04T06:45"), Reminders.Next(days, Utc("2026-03-03T06:45"), told: Utc("2026-03-02T22:00"))!.Value.At);
        Assert.Equal(Utc("2026-03-04T06:45"), Reminders.Next(days, Utc("2026-03-03T07:00"))!.Value.At);
        Assert.Equal(Utc("2026-03-29T05:45"), Reminders.Next(days, Utc("2026-03-28T08:00"))!.Value.At);
    }

    [Fact]
    public void What_is_left_out_is_left_out_at_whatever_hour_the_series_begins()
    {
        var made = Made("Europe/Riga", "2026-03-02T09:00", 60, "FREQ=DAILY;COUNT=3");
        made.Skip(new DateTime(2026, 3, 3, 9, 0, 0));
        (made.StartTime, made.EndTime) = (new TimeOnly(10, 0), new TimeOnly(11, 0));
        Assert.Equal([Utc("2026-03-02T08:00"), Utc("2026-03-04T08:00")], made.Between(Utc("2026-03-01T00:00"), Utc("2026-04-01T00:00")).Select(t => t.Start));
        made.Unskip(new DateTime(2026, 3, 3, 10, 0, 0));
        Assert.Empty(made.Skips);
    }

    internal static Appointment Made(string zone, string start, int minutes, string? rule, string? end = null)
    {
        var begins = DateTime.Parse(start, null);
        var made = Appointment.New();
        made.Subject = "Visit";
        made.Plan(begins, end is null ? begins.AddMinutes(minutes) : DateTime.Parse(end, null), isAllDay: false, zone);
        made.Rule = rule;
        return made;
    }

    internal static DateTimeOffset Utc(string text) => new(DateTime.Parse(text, null), TimeSpan.Zero);
}
