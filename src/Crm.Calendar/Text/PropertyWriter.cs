using System.Buffers;
using System.Text;

namespace Crm.Calendar.Text;

/// <summary>Writes properties in lines of 75 bytes at most that end in CRLF and cut no character (RFC 5545 §3.1). No line break and no control character of a value gets through.</summary>
internal sealed class PropertyWriter(IBufferWriter<byte> output)
{
    private const int MostBytes = 75;

    public void Begin(string component) => Line("BEGIN:" + component);

    public void End(string component) => Line("END:" + component);

    /// <summary>Text, escaped; nothing where there is none.</summary>
    public void Text(string name, string? text)
    {
        if (!string.IsNullOrEmpty(text)) Line($"{name}:{TextValue.Write(text)}");
    }

    /// <summary>A value that is not text, as it is; nothing where there is none.</summary>
    public void Value(string name, string? value, params ReadOnlySpan<(string Name, string? Value)> parameters)
    {
        if (string.IsNullOrEmpty(value)) return;
        var line = new StringBuilder(name);
        foreach (var parameter in parameters)
            if (!string.IsNullOrEmpty(parameter.Value)) line.Append(';').Append(parameter.Name).Append('=').Append(Parameter(parameter.Value));
        Line(line.Append(':').Append(value).ToString());
    }

    // RFC 6868 for what a quoted value cannot hold.
    private static string Parameter(string value)
    {
        var text = value.ReplaceLineEndings("\n").Replace("^", "^^", StringComparison.Ordinal).Replace("\"", "^'", StringComparison.Ordinal).Replace("\n", "^n", StringComparison.Ordinal);
        return text.AsSpan().IndexOfAny(':', ';', ',') < 0 ? text : $"\"{text}\"";
    }

    private void Line(string text)
    {
        var column = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsControl(rune) && rune.Value != '\t') continue;
            if (column + rune.Utf8SequenceLength > MostBytes)
            {
                output.Write("\r\n "u8);
                column = 1;
            }

            column += rune.EncodeToUtf8(output.GetSpan(4));
            output.Advance(rune.Utf8SequenceLength);
        }

        output.Write("\r\n"u8);
    }
}
