using System.Text;

namespace Crm.Calendar.Text;

/// <summary>Text inside a value: escaped, unescaped, and in lists (RFC 5545 §3.3.11).</summary>
internal static class TextValue
{
    public static string Read(string value)
    {
        if (!value.Contains('\\', StringComparison.Ordinal)) return value;
        var text = new StringBuilder(value.Length);
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] != '\\' || i + 1 == value.Length) text.Append(value[i]);
            else text.Append(value[++i] is 'n' or 'N' ? '\n' : value[i]);
        }

        return text.ToString();
    }

    /// <summary>The texts between the commas that are not escaped.</summary>
    public static List<string> ReadList(string value)
    {
        var (texts, from) = (new List<string>(), 0);
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] == '\\') i++;
            else if (value[i] == ',')
            {
                texts.Add(Read(value[from..i]));
                from = i + 1;
            }
        }

        texts.Add(Read(value[from..]));
        return texts;
    }

    public static string Write(string text)
    {
        var value = new StringBuilder(text.Length + 16);
        foreach (var sign in text.ReplaceLineEndings("\n"))
        {
            if (sign == '\n') value.Append("\\n");
            else if (sign is '\\' or ';' or ',') value.Append('\\').Append(sign);
            else if (!char.IsControl(sign) || sign == '\t') value.Append(sign);
        }

        return value.ToString();
    }
}
