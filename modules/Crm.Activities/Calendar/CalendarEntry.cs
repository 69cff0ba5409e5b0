namespace Crm.Activities.Calendar;

/// <summary>What stands in a calendar.</summary>
internal enum EntryKind
{
    Appointment,

    /// <summary>An appointment that the reader may not see: that somebody is busy, and no word more.</summary>
    Busy,
    Task,
}

/// <summary>Something in somebody's calendar, as the reader may see it.</summary>
/// <param name="UserId">Whose calendar.</param>
/// <param name="Start">The moment at which it begins; of days the first one's in the reader's zone.</param>
/// <param name="End">The moment at which it is over.</param>
/// <param name="First">The first of the reader's days on which it lies.</param>
/// <param name="Last">The last of them.</param>
internal sealed record CalendarEntry(EntryKind Kind, Guid UserId, DateTimeOffset Start, DateTimeOffset End, DateOnly First, DateOnly Last)
{
    public Guid? Id { get; init; }

    public string Title { get; init; } = "";

    public string? Place { get; init; }

    public bool IsAllDay { get; init; }

    /// <summary>Which time of a series it is, by its beginning on the appointment's own wall.</summary>
    public string? At { get; init; }

    public bool IsSeries { get; init; }

    public bool MayMove { get; init; }

    public string? Url => Kind switch
    {
        EntryKind.Appointment => $"/activities/calendar/entry/{Id}?at={Uri.EscapeDataString(At ?? "")}",
        EntryKind.Task => $"/activities/tasks/{Id}",
        _ => null,
    };

    /// <summary>True where it stands on top of its days and not between hours.</summary>
    public bool IsOnTop => IsAllDay || Last.DayNumber - First.DayNumber > 1;
}

/// <summary>An entry between the hours of a day.</summary>
/// <param name="Row">The quarter of an hour at which it begins, down the side.</param>
/// <param name="Span">How many quarters it takes.</param>
/// <param name="Lane">Where it stands beside those at the same time.</param>
/// <param name="Lanes">How many stand beside each other.</param>
internal sealed record CalendarBlock(CalendarEntry Entry, int Row, int Span, int Lane, int Lanes)
{
    private const int MostLanes = 6;

    /// <summary>Where it stands, in the style sheet's words.</summary>
    public string Place => $"{Rows(Row, Span)} cal-n{Math.Min(Lanes, MostLanes)} cal-l{Math.Min(Lane, MostLanes - 1)}";

    public static string Rows(int row, int span) => $"cal-rt{row / 10} cal-ru{row % 10} cal-st{span / 10} cal-su{span % 10}";

    /// <summary>Puts what overlaps side by side.</summary>
    public static IReadOnlyList<CalendarBlock> Beside(IEnumerable<(CalendarEntry Entry, int Row, int Span)> placed)
    {
        var blocks = new List<CalendarBlock>();
        var cluster = new List<CalendarBlock>();
        var ends = new List<int>();
        foreach (var (entry, row, span) in placed.OrderBy(p => p.Row).ThenByDescending(p => p.Span).ThenBy(p => p.Entry.Id))
        {
            if (ends.Count > 0 && ends.Max() <= row)
                Close();
            var lane = ends.FindIndex(e => e <= row);
            if (lane < 0)
            {
                lane = ends.Count;
                ends.Add(0);
            }

            ends[lane] = row + span;
            cluster.Add(new CalendarBlock(entry, row, span, lane, 1));
        }

        Close();
        return blocks;

        void Close()
        {
            blocks.AddRange(cluster.Select(b => b with { Lanes = ends.Count }));
            cluster.Clear();
            ends.Clear();
        }
    }
}
