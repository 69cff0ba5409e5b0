using System.Text;

namespace Crm.Calendar.Text;

/// <summary>One unfolded line as a property with its parameters (RFC 5545 §3.1, RFC 6868).</summary>
internal static class PropertyParser
{
    private const int MostParameters = 100;

    public static CalendarProperty Parse(string text, int line)
    {
        var name = Name(text, 0, line);
        var (at, parameters) = (name.Length, new List<CalendarParameter>());
        while (at < text.Length && text[at] == ';')
        {
            var parameter = Name(text, at + 1, line);
            at += parameter.Length + 1;
            if (at >= text.Length || text[at] != '=') throw new CalendarFormatException($"The parameter {parameter} has no value.", line);
            var first = Value(text, ref at, line);
            while (at < text.Length && text[at] == ',') Value(text, ref at, line);
            if (parameters.Count == MostParameters) throw new CalendarFormatException($"A property has more than {MostParameters} parameters.", line);
            parameters.Add(new CalendarParameter(parameter.ToUpperInvariant(), first));
        }

        if (at >= text.Length || text[at] != ':') throw new CalendarFormatException("A property has no colon before its value.", line);
        return new CalendarProperty(name.ToUpperInvariant(), parameters, text[(at + 1)..], line);
    }

    private static string Name(string text, int from, int line)
    {
        var to = from;
        while (to < text.Length && (char.IsAsciiLetterOrDigit(text[to]) || text[to] is '-' or '_')) to++;
        return to > from && to - from <= 100 ? text[from..to] : throw new CalendarFormatException("This is no property: it has no name.", line);
    }

    // Begins at the sign before the value and ends behind it.
    private static string Value(string text, ref int at, int line)
    {
        var from = ++at;
        if (from < text.Length && text[from] == '"')
        {
            at = text.IndexOf('"', from + 1) + 1;
            if (at == 0) throw new CalendarFormatException("A quoted value of a parameter does not end.", line);
            return Decoded(text[(from + 1)..(at - 1)]);
        }

        var length = text.AsSpan(from).IndexOfAny(',', ';', ':');
        at = length < 0 ? text.Length : from + length;
        return Decoded(text[from..at]);
    }

    private static string Decoded(string value)
    {
        if (!value.Contains('^', StringComparison.Ordinal)) return value;
        var text = new StringBuilder(value.Length);
        for (var i = 0; i < value.Length; i++)
        {
            var next = value[i] == '^' && i + 1 < value.Length ? value[i + 1] : '\0';
            if (next is 'n' or '^' or '\'')
            {
                text.Append(next switch { 'n' => '\n', '\'' => '"', _ => '^' });
                i++;
            }
            else
            {
                text.Append(value[i]);
            }
        }

        return text.ToString();
    }
}
