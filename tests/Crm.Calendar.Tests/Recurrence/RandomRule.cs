using Crm.Calendar.Recurrence;

namespace Crm.Calendar.Tests.Recurrence;

/// <summary>Sound rules of every shape.</summary>
internal static class RandomRule
{
    public static RecurrenceRule Next(Random random)
    {
        while (true)
        {
            var rule = new RecurrenceRule
            {
                Frequency = (Frequency)random.Next(4),
                Interval = random.Next(1, 5),
                ByMonth = Some(random, 12, 4, signed: false),
                ByMonthDay = Some(random, 31, 8),
                ByYearDay = Some(random, 366, 60, chance: 6),
                ByWeekNumber = Some(random, 53, 6, chance: 6),
                ByDay = [.. Enumerable.Range(0, random.Next(4)).Select(_ => new RuleDay((DayOfWeek)random.Next(7), random.Next(3) == 0 ? random.Next(-5, 6) : 0))],
                ByHour = random.Next(5) == 0 ? [random.Next(24), random.Next(24)] : [],
                WeekStart = (DayOfWeek)random.Next(7),
            };
            try
            {
                rule.Check();
                return rule;
            }
            catch (CalendarFormatException)
            {
                // Parts that do not go together: throw the dice again.
            }
        }
    }

    private static int[] Some(Random random, int most, int count, bool signed = true, int chance = 3) => random.Next(chance) == 0
        ? [.. Enumerable.Range(0, random.Next(1, count)).Select(_ => random.Next(1, most + 1) * (signed && random.Next(2) == 0 ? -1 : 1))]
        : [];
}
