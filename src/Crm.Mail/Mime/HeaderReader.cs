using System.Buffers;
using System.Text;
using Crm.Mail.Encodings;
using Crm.Mail.Headers;

namespace Crm.Mail.Mime;

/// <summary>Reads one header: fields, folded lines, and the empty line behind them.</summary>
internal sealed class HeaderReader(LineScanner lines, MimeLimits limits, MimeTally tally)
{
    private readonly HeaderList _header = new();
    private readonly ArrayBufferWriter<byte> _value = new();
    private string? _name;
    private int _bytes;

    public delegate bool EndsPart(ReadOnlySpan<byte> line);

    public HeaderList Read(EndsPart endsPart)
    {
        while (lines.Next() is { } line)
        {
            var span = lines.Span(line);
            if (span.IsEmpty || endsPart(span)) break;
            _bytes += span.Length;
            if (span[0] is (byte)' ' or (byte)'\t' && (_name is not null || _header.Count > 0)) Continue(span);
            else if (!Begin(span))
            {
                // "From anna …" in front is how old mailboxes divide mails.
                if (_header.Count == 0 && _name is null && (span.StartsWith("From "u8) || span.StartsWith(">From "u8))) continue;
                tally.Add(MimeDefect.BrokenHeader);
                lines.Return(line);
                break;
            }
        }

        End();
        return _header;
    }

    private bool Begin(ReadOnlySpan<byte> line)
    {
        var colon = line.IndexOf((byte)':');
        if (colon <= 0) return false;
        var name = line[..colon].TrimEnd(" \t"u8);
        if (name.Length is 0 or > 76 || name.ContainsAnyExceptInRange((byte)'!', (byte)'~')) return false;
        End();
        if (!HasRoom()) return true;
        _name = Encoding.ASCII.GetString(name);
        _value.Write(line[(colon + 1)..]);
        return true;
    }

    private void Continue(ReadOnlySpan<byte> line)
    {
        if (_name is not null && HasRoom()) _value.Write(line);
    }

    private bool HasRoom()
    {
        if (_bytes <= limits.MostHeaderBytes && _header.Count < limits.MostHeaders) return true;
        tally.Add(MimeDefect.HeaderTooLong);
        return false;
    }

    private void End()
    {
        if (_name is not null) _header.Add(HeaderField.Structured(_name, Charsets.Decode(_value.WrittenSpan, null)));
        _name = null;
        _value.ResetWrittenCount();
    }
}
