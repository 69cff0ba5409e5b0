using System.Text;

namespace Crm.Mail.Headers;

/// <summary>Remarks in parentheses, which may nest and hold escaped signs (RFC 5322 §3.2.2).</summary>
internal static class Comments
{
    /// <summary>Each comment becomes a space. Quoted strings are left alone.</summary>
    public static string Remove(string text)
    {
        if (!text.Contains('(')) return text;
        var output = new StringBuilder(text.Length);
        int depth = 0;
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            var sign = text[i];
            var escaped = sign == '\\' && i + 1 < text.Length && (quoted || depth > 0);
            if (escaped)
            {
                if (depth == 0) output.Append(sign).Append(text[i + 1]);
                i++;
            }
            else if (quoted || depth == 0 && sign is '"')
            {
                if (sign == '"') quoted = !quoted;
                output.Append(sign);
            }
            else if (sign == '(')
            {
                if (depth++ == 0) output.Append(' ');
            }
            else if (sign == ')' && depth > 0)
            {
                depth--;
            }
            else if (depth == 0)
            {
                output.Append(sign);
            }
        }

        return output.ToString();
    }
}
