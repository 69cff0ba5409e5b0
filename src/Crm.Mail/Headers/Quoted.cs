using System.Text;

namespace Crm.Mail.Headers;

/// <summary>Strings in double quotes (RFC 5322 §3.2.4).</summary>
internal static class Quoted
{
    public static string Write(string text)
    {
        var output = new StringBuilder(text.Length + 2).Append('"');
        foreach (var sign in text)
        {
            if (sign is '"' or '\\') output.Append('\\');
            output.Append(sign);
        }

        return output.Append('"').ToString();
    }

    /// <summary>Reads the string whose opening quote stands at a place and moves behind its end; one that never ends takes the rest.</summary>
    public static void Read(string text, ref int at, StringBuilder output)
    {
        for (at++; at < text.Length; at++)
        {
            if (text[at] == '"')
            {
                at++;
                return;
            }

            if (text[at] == '\\' && at + 1 < text.Length) at++;
            output.Append(text[at]);
        }
    }
}
