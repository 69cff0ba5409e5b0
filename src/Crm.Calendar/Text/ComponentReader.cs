namespace Crm.Calendar.Text;

/// <summary>The calendars of a text as trees of components, every BEGIN with its END.</summary>
internal static class ComponentReader
{
    public static List<CalendarComponent> Read(ReadOnlyMemory<byte> bytes, CalendarReading reading)
    {
        if (bytes.Length > reading.MostBytes) throw TooLarge(reading);
        var (calendars, open, count) = (new List<CalendarComponent>(), new Stack<CalendarComponent>(), 0);
        foreach (var (number, text) in LogicalLines.Read(bytes, reading))
        {
            var property = PropertyParser.Parse(text, number);
            if (++count > reading.MostProperties) throw new CalendarFormatException($"A calendar has more than {reading.MostProperties} properties.", number);
            if (property.Name == "BEGIN") Begin(property, open, calendars, reading);
            else if (property.Name == "END") End(property, open);
            else if (open.TryPeek(out var component)) component.Properties.Add(property);
            else throw new CalendarFormatException("Something stands outside BEGIN:VCALENDAR and END:VCALENDAR.", number);
        }

        if (open.TryPeek(out var unclosed)) throw new CalendarFormatException($"BEGIN:{Shown(unclosed.Name)} has no END.", unclosed.Line);
        return calendars.Count > 0 ? calendars : throw new CalendarFormatException("There is no BEGIN:VCALENDAR.");
    }

    public static CalendarFormatException TooLarge(CalendarReading reading) => new($"A calendar has more than {reading.MostBytes} bytes.");

    private static void Begin(CalendarProperty property, Stack<CalendarComponent> open, List<CalendarComponent> calendars, CalendarReading reading)
    {
        var component = new CalendarComponent(property.Value.Trim().ToUpperInvariant(), property.Line);
        if (open.Count >= reading.MostDepth) throw new CalendarFormatException($"Components stand deeper than {reading.MostDepth} inside each other.", property.Line);
        if (open.TryPeek(out var parent)) parent.Components.Add(component);
        else if (component.Name == "VCALENDAR") calendars.Add(component);
        else throw new CalendarFormatException("A calendar begins with BEGIN:VCALENDAR.", property.Line);
        open.Push(component);
    }

    private static void End(CalendarProperty property, Stack<CalendarComponent> open)
    {
        if (!open.TryPop(out var component)) throw new CalendarFormatException("An END has no BEGIN.", property.Line);
        if (!property.Value.Trim().Equals(component.Name, StringComparison.OrdinalIgnoreCase))
            throw new CalendarFormatException($"The END of BEGIN:{Shown(component.Name)} in line {component.Line} is missing.", property.Line);
    }

    private static string Shown(string name) => name.Length <= 40 ? name : name[..40] + "…";
}
