using Crm.Activities.Calendar;

namespace Crm.Activities.Tests.Calendar;

/// <summary>No hour is lost, and none shown twice without being there twice, in real zones.</summary>
public sealed class DayAxisTests
{
    [Theory]
    [InlineData("Europe/Riga", "2026-03-29", 46)]
    [InlineData("Europe/Riga", "2026-10-25", 50)]
    [InlineData("America/New_York", "2026-11-01", 50)]
    [InlineData("Australia/Lord_Howe", "2026-10-04", 47)]
    [InlineData("Australia/Lord_Howe", "2026-04-05", 49)]
    [InlineData("Asia/Kolkata", "2026-03-29", 48)]
    [InlineData("Asia/Beirut", "2026-03-29", 46)]
    [InlineData("America/Santiago", "2026-04-04", 50)]
    public void A_day_has_the_half_hours_that_it_has(string name, string on, int halves)
    {
        var (zone, day) = (TimeZoneInfo.FindSystemTimeZoneById(name), DateOnly.Parse(on, null));
        var axis = DayAxis.Of([day], zone);
        var there = axis.Slots.Select(s => axis.At(day, s)).OfType<DateTimeOffset>().ToList();
        Assert.Equal(halves, there.Count);
        // Each follows the one before by half an hour, from midnight to midnight.
        var (from, to) = DayAxis.Bounds(day, zone);
        Assert.Equal(Enumerable.Range(0, halves).Select(i => from.AddMinutes(30 * i)), there);
        Assert.Equal(to, from.AddMinutes(30 * halves));
    }

    [Fact]
    public void Beside_a_long_day_the_others_have_a_gap_so_that_rows_mean_the_same()
    {
        var riga = TimeZoneInfo.FindSystemTimeZoneById("Europe/Riga");
        DateOnly[] days = [new(2026, 10, 24), new(2026, 10, 25)];
        var axis = DayAxis.Of(days, riga);
        Assert.Equal(50, axis.Slots.Count);
        Assert.Equal([new Slot(180, false), new Slot(210, false), new Slot(180, true), new Slot(210, true), new Slot(240, false)], axis.Slots.Skip(6).Take(5));
        Assert.Null(axis.At(days[0], new Slot(180, true)));
        Assert.NotNull(axis.At(days[1], new Slot(180, true)));
    }

    [Fact]
    public void What_lies_in_the_hour_that_comes_twice_stands_where_it_is()
    {
        var riga = TimeZoneInfo.FindSystemTimeZoneById("Europe/Riga");
        var day = new DateOnly(2026, 10, 25);
        var axis = DayAxis.Of([day], riga);
        // 03:30 for the first time, and for the second.
        Assert.Equal((14, 2), axis.Rows(day, At("2026-10-25T00:30"), At("2026-10-25T01:00")));
        Assert.Equal((18, 2), axis.Rows(day, At("2026-10-25T01:30"), At("2026-10-25T02:00")));
        // From three to five by the clock, which is three hours.
        Assert.Equal((12, 12), axis.Rows(day, At("2026-10-25T00:00"), At("2026-10-25T03:00")));
    }

    [Fact]
    public void What_begins_before_a_day_or_ends_after_it_fills_its_part()
    {
        var riga = TimeZoneInfo.FindSystemTimeZoneById("Europe/Riga");
        var day = new DateOnly(2026, 3, 10);
        var axis = DayAxis.Of([day], riga);
        Assert.Equal((0, 96), axis.Rows(day, At("2026-03-09T00:00"), At("2026-03-12T00:00")));
        Assert.Equal((0, 8), axis.Rows(day, At("2026-03-09T20:00"), At("2026-03-10T00:00")));
    }

    [Fact]
    public void What_overlaps_stands_side_by_side_and_what_does_not_has_the_whole_width()
    {
        static CalendarEntry Entry() => new(EntryKind.Appointment, Guid.Empty, default, default, default, default) { Id = Guid.CreateVersion7() };
        var blocks = CalendarBlock.Beside([(Entry(), 0, 4), (Entry(), 2, 4), (Entry(), 4, 2), (Entry(), 10, 4)]);
        Assert.Equal([(0, 0, 2), (2, 1, 2), (4, 0, 2), (10, 0, 1)], blocks.Select(b => (b.Row, b.Lane, b.Lanes)));
    }

    private static DateTimeOffset At(string text) => new(DateTime.Parse(text, null), TimeSpan.Zero);
}
