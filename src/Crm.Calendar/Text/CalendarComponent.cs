namespace Crm.Calendar.Text;

/// <summary>What stands between a BEGIN and its END (RFC 5545 §3.6), its name in capitals.</summary>
internal sealed class CalendarComponent(string name, int line)
{
    public string Name { get; } = name;

    public int Line { get; } = line;

    public List<CalendarProperty> Properties { get; } = [];

    public List<CalendarComponent> Components { get; } = [];

    public CalendarProperty? First(string property) => Properties.Find(known => known.Name == property);

    public IEnumerable<CalendarProperty> All(string property) => Properties.Where(known => known.Name == property);

    public IEnumerable<CalendarComponent> Parts(string component) => Components.Where(known => known.Name == component);
}
