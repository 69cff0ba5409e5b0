using Crm.Abstractions.Records;
using Crm.Activities.Tasks;

namespace Crm.Activities.Tests.Tasks;

/// <summary>When the next task of a series is due.</summary>
public sealed class TaskSeriesTests
{
    private static readonly DateOnly _monday = new(2026, 3, 23);

    [Theory]
    [InlineData("FREQ=DAILY", "2026-03-24")]
    [InlineData("FREQ=WEEKLY", "2026-03-30")]
    [InlineData("FREQ=WEEKLY;INTERVAL=2", "2026-04-06")]
    [InlineData("FREQ=MONTHLY", "2026-04-23")]
    [InlineData("FREQ=MONTHLY;BYDAY=-1FR", "2026-03-27")]
    [InlineData("FREQ=YEARLY", "2027-03-23")]
    [InlineData("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "2026-03-24")]
    public void The_next_one_follows_by_the_rule(string rule, string next) => Assert.Equal(DateOnly.Parse(next, null), Series(rule).NextDay(_monday));

    [Fact]
    public void A_count_and_a_last_day_end_the_series()
    {
        var second = Series("FREQ=DAILY;COUNT=2").Following(_monday.AddDays(1));
        Assert.Null(second.NextDay(_monday));
        Assert.Equal(_monday.AddDays(1), Series("FREQ=DAILY;UNTIL=20260324").NextDay(_monday));
        Assert.Null(Series("FREQ=DAILY;UNTIL=20260323").NextDay(_monday));
    }

    [Fact]
    public void The_31st_comes_in_long_months_only()
    {
        var task = Series("FREQ=MONTHLY", new DateOnly(2026, 1, 31));
        Assert.Equal(new DateOnly(2026, 3, 31), task.NextDay(new DateOnly(2026, 1, 31)));
    }

    [Fact]
    public void Days_that_went_by_are_not_made_up_for()
    {
        Assert.Equal(new DateOnly(2026, 5, 1), Series("FREQ=DAILY").NextDay(new DateOnly(2026, 5, 1)));
        Assert.Equal(new DateOnly(2026, 5, 4), Series("FREQ=WEEKLY").NextDay(new DateOnly(2026, 5, 1)));
    }

    [Fact]
    public void Nine_o_clock_stays_nine_o_clock_when_the_clocks_change()
    {
        var task = Series("FREQ=WEEKLY", time: new TimeOnly(9, 0));
        Assert.Equal(new DateTimeOffset(2026, 3, 23, 7, 0, 0, TimeSpan.Zero), task.Due);
        var next = task.Following(task.NextDay(_monday)!.Value);
        Assert.Equal(new DateTimeOffset(2026, 3, 30, 6, 0, 0, TimeSpan.Zero), next.Due);
    }

    [Fact]
    public void One_that_is_put_off_moves_alone()
    {
        var task = Series("FREQ=WEEKLY", time: new TimeOnly(9, 0));
        task.Plan(_monday.AddDays(2), new TimeOnly(17, 0), task.Zone);
        var next = task.Following(task.NextDay(_monday)!.Value);
        Assert.Equal((_monday.AddDays(7), new TimeOnly(9, 0)), (next.DueOn, next.DueTime));
    }

    [Fact]
    public void The_next_one_is_the_same_with_nothing_ticked()
    {
        var task = Series("FREQ=DAILY");
        task.SetSteps([new ValueEntry(TaskStep.Done, "Count"), new ValueEntry(TaskStep.Open, "Report")]);
        task.Priority = TaskPriority.High;
        var next = task.Following(_monday.AddDays(1));
        Assert.Equal(["Count", "Report"], next.Steps.Select(s => s.Text));
        Assert.DoesNotContain(next.Steps, s => s.IsDone);
        Assert.Equal((TaskPriority.High, "daily", true), (next.Priority, next.Repeats, next.IsFollowing));
    }

    [Fact]
    public void Another_rule_begins_another_series()
    {
        var task = Series("FREQ=DAILY").Following(_monday.AddDays(1));
        task.Repeats = "weekly";
        task.BeginSeries();
        Assert.Equal(("FREQ=WEEKLY", _monday.AddDays(1), false), (task.Recurrence, task.SeriesOn, task.IsFollowing));
        Assert.Equal(_monday.AddDays(8), task.NextDay(_monday));
    }

    [Theory]
    [InlineData("every day")]
    [InlineData("FREQ=HOURLY")]
    [InlineData("FREQ=DAILY;BYHOUR=9,17")]
    [InlineData("FREQ=DAILY;COUNT=2;UNTIL=20260101")]
    public void A_rule_that_makes_no_sense_is_refused_at_its_field(string rule)
    {
        var task = Task();
        task.Recurrence = rule;
        Assert.Contains("recurrence", Assert.Throws<RuleViolation>(task.Check).Errors.Keys);
    }

    [Fact]
    public void What_comes_again_needs_a_first_day_and_a_rule_of_its_own_needs_the_rule()
    {
        var task = CrmTask.New();
        (task.Subject, task.Repeats) = ("Count the cups", "daily");
        Assert.Contains("dueOn", Assert.Throws<RuleViolation>(task.Check).Errors.Keys);
        var other = Task();
        other.Repeats = TaskRepeat.Own;
        Assert.Contains("recurrence", Assert.Throws<RuleViolation>(other.Check).Errors.Keys);
    }

    [Theory]
    [InlineData("FREQ=DAILY;INTERVAL=1", "daily")]
    [InlineData("BYDAY=FR,MO,TU,TH,WE;FREQ=WEEKLY", "weekdays")]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=1", "own")]
    public void A_rule_has_its_word(string rule, string word)
    {
        var task = Task();
        task.Recurrence = rule;
        Assert.Equal(word, task.Repeats);
    }

    private static CrmTask Series(string rule, DateOnly? on = null, TimeOnly? time = null)
    {
        var task = Task(on, time);
        task.Recurrence = rule;
        task.Check();
        task.BeginSeries();
        return task;
    }

    private static CrmTask Task(DateOnly? on = null, TimeOnly? time = null)
    {
        var task = CrmTask.New();
        task.Subject = "Count the cups";
        task.Plan(on ?? _monday, time, "Europe/Riga");
        return task;
    }
}
