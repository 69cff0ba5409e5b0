namespace Crm.Calendar.Text;

/// <summary>One property of a component (RFC 5545 §3.1): its name in capitals, parameters, and its value as it was written.</summary>
internal sealed record CalendarProperty(string Name, IReadOnlyList<CalendarParameter> Parameters, string Value, int Line)
{
    /// <summary>The first value of a parameter, or null.</summary>
    public string? this[string parameter]
    {
        get
        {
            foreach (var known in Parameters)
                if (known.Name == parameter) return known.Value;
            return null;
        }
    }

    /// <summary>The value as text (RFC 5545 §3.3.11).</summary>
    public string Text => TextValue.Read(Value);
}
