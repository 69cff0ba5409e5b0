using System.Globalization;
using Crm.Calendar.Recurrence;

namespace Crm.Calendar.Tests.Recurrence;

/// <summary>The cases of RFC 5545 §3.8.5.3 from the same start, and the dates that they have to give.</summary>
public sealed class StandardExamplesTests
{
    private static readonly DateTime _start = new(1997, 9, 2, 9, 0, 0);

    [Theory]
    [InlineData("FREQ=DAILY;COUNT=10", "0902 0903 0904 0905 0906 0907 0908 0909 0910 0911.")]
    [InlineData("FREQ=DAILY;INTERVAL=2", "0902 0904 0906 0908 0910 0912 0914 0916 0918 0920 0922 0924 0926 0928 0930 1002")]
    [InlineData("FREQ=DAILY;INTERVAL=10;COUNT=5", "0902 0912 0922 1002 1012.")]
    [InlineData("FREQ=WEEKLY;COUNT=10", "0902 0909 0916 0923 0930 1007 1014 1021 1028 1104.")]
    [InlineData("FREQ=WEEKLY;UNTIL=19971224T000000Z", "0902 0909 0916 0923 0930 1007 1014 1021 1028 1104 1111 1118 1125 1202 1209 1216 1223.")]
    [InlineData("FREQ=WEEKLY;INTERVAL=2;WKST=SU", "0902 0916 0930 1014 1028 1111 1125 1209 1223 19980106")]
    [InlineData("FREQ=WEEKLY;COUNT=10;WKST=SU;BYDAY=TU,TH", "0902 0904 0909 0911 0916 0918 0923 0925 0930 1002.")]
    [InlineData("FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH", "0902 0904 0916 0918 0930 1002 1014 1016.")]
    [InlineData("FREQ=MONTHLY;COUNT=10;BYDAY=1FR", "0905 1003 1107 1205 19980102 0206 0306 0403 0501 0605.")]
    [InlineData("FREQ=MONTHLY;UNTIL=19971224T000000Z;BYDAY=1FR", "0905 1003 1107 1205.")]
    [InlineData("FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU", "0907 0928 1102 1130 19980104 0125 0301 0329 0503 0531.")]
    [InlineData("FREQ=MONTHLY;COUNT=6;BYDAY=-2MO", "0922 1020 1117 1222 19980119 0216.")]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=-3", "0928 1029 1128 1229 19980129 0226")]
    [InlineData("FREQ=MONTHLY;COUNT=10;BYMONTHDAY=2,15", "0902 0915 1002 1015 1102 1115 1202 1215 19980102 0115.")]
    [InlineData("FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1", "0930 1001 1031 1101 1130 1201 1231 19980101 0131 0201.")]
    [InlineData("FREQ=MONTHLY;INTERVAL=18;COUNT=10;BYMONTHDAY=10,11,12,13,14,15", "0910 0911 0912 0913 0914 0915 19990310 0311 0312 0313.")]
    [InlineData("FREQ=MONTHLY;INTERVAL=2;BYDAY=TU", "0902 0909 0916 0923 0930 1104 1111 1118 1125 19980106 0113")]
    [InlineData("FREQ=YEARLY;COUNT=10;BYMONTH=6,7", "0610 0710 19980610 0710 19990610 0710 20000610 0710 20010610 0710.", 6, 10)]
    [InlineData("FREQ=YEARLY;INTERVAL=3;COUNT=10;BYYEARDAY=1,100,200", "19970101 0410 0719 20000101 0409 0718 20030101 0410 0719 20060101.", 1, 1)]
    [InlineData("FREQ=YEARLY;BYDAY=20MO", "19980518 19990517 20000515")]
    [InlineData("FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", "19980511 19990517 20000515")]
    [InlineData("FREQ=YEARLY;BYMONTH=3;BYDAY=TH", "19980305 0312 0319 0326 19990304 0311 0318 0325")]
    [InlineData("FREQ=YEARLY;BYDAY=TH;BYMONTH=6,7,8", "19980604 0611 0618 0625 0702 0709 0716 0723 0730 0806 0813 0820 0827 19990603")]
    [InlineData("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "19980213 0313 1113 19990813 20001013")]
    [InlineData("FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13", "0913 1011 1108 1213 19980110 0207 0307 0411 0509 0613")]
    [InlineData("FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8", "1105 20001107 20041102 20081104", 11, 5, 1996)]
    [InlineData("FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3", "0904 1007 1106.", 9, 4)]
    [InlineData("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2", "0929 1030 1127 1230 19980129 0226 0330", 9, 29)]
    [InlineData("FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO", "0805 0810 0819 0824.", 8, 5)]
    [InlineData("FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU", "0805 0817 0819 0831.", 8, 5)]
    [InlineData("FREQ=DAILY;UNTIL=19980105T140000Z;BYMONTH=1", "19980101 0102 0103 0104 0105.")]
    public void A_rule_of_the_standard_gives_its_dates(string rule, string days, int month = 9, int day = 2, int year = 1997)
    {
        var start = new DateTime(year, month, day, 9, 0, 0);
        var newYork = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");
        var wanted = Times(days.TrimEnd('.'), start);
        // A point says that no further date may follow.
        var found = RecurrenceRule.Parse(rule).From(start, newYork).Take(days.EndsWith('.') ? 1000 : wanted.Count);
        Assert.Equal(wanted, found);
    }

    [Fact]
    public void Every_january_day_is_the_same_as_a_yearly_and_as_a_daily_rule()
    {
        var yearly = RecurrenceRule.Parse("FREQ=YEARLY;UNTIL=20000131T140000Z;BYMONTH=1;BYDAY=SU,MO,TU,WE,TH,FR,SA").From(_start).ToList();
        Assert.Equal(93, yearly.Count);
        Assert.Equal(yearly, RecurrenceRule.Parse("FREQ=DAILY;UNTIL=20000131T140000Z;BYMONTH=1").From(_start));
    }

    [Fact]
    public void Every_twenty_minutes_of_the_working_day_is_a_daily_rule()
    {
        var times = RecurrenceRule.Parse("FREQ=DAILY;BYHOUR=9,10,11,12,13,14,15,16;BYMINUTE=0,20,40").From(_start).Take(25).ToList();
        Assert.Equal(_start.AddMinutes(20), times[1]);
        Assert.Equal(new DateTime(1997, 9, 2, 16, 40, 0), times[23]);
        Assert.Equal(_start.AddDays(1), times[24]);
    }

    [Fact]
    public void Friday_the_thirteenth_without_its_start()
    {
        var set = new RecurrenceSet { Start = _start, Rule = RecurrenceRule.Parse("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13"), Except = [_start] };
        Assert.Equal(Times("19980213 0313 1113 19990813 20001013", _start), set.All().Take(5));
        Assert.Equal(_start, (set with { Except = [] }).All().First());
    }

    private static List<DateTime> Times(string days, DateTime start)
    {
        var year = start.Year;
        var times = new List<DateTime>();
        foreach (var word in days.Split(' '))
        {
            if (word.Length == 8) year = int.Parse(word[..4], CultureInfo.InvariantCulture);
            times.Add(DateTime.ParseExact($"{year}{word[^4..]}", "yyyyMMdd", CultureInfo.InvariantCulture).Add(start.TimeOfDay));
        }

        return times;
    }
}
