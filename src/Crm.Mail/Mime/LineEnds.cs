using System.Text;

namespace Crm.Mail.Mime;

/// <summary>Mail knows one end of a line, CRLF (RFC 5322 §2.3).</summary>
internal static class LineEnds
{
    public static string ToCrLf(string text)
    {
        var output = new StringBuilder(text.Length + 16);
        var rest = text.AsSpan();
        for (var end = rest.IndexOfAny('\r', '\n'); end >= 0; end = rest.IndexOfAny('\r', '\n'))
        {
            output.Append(rest[..end]).Append("\r\n");
            rest = rest[(end + (rest[end] == '\r' && end + 1 < rest.Length && rest[end + 1] == '\n' ? 2 : 1))..];
        }

        return output.Append(rest).ToString();
    }
}
