using Crm.Mail.Encodings;
using Crm.Mail.Headers;

namespace Crm.Mail.Mime;

/// <summary>
/// Reads a mail in one pass over its lines. A line that may divide parts is compared with the boundaries of the parts it
/// stands in, of which there are no more than the depth allowed: time grows with the mail's length, and with nothing else.
/// </summary>
internal sealed class MimeReader(ReadOnlyMemory<byte> source, MimeLimits limits, int startDepth = 0, MimeTally? shared = null)
{
    private const int LongestBoundary = 256;

    private readonly LineScanner _lines = new(source);
    private readonly BoundaryStack _boundaries = new();
    private readonly MimeTally _tally = shared ?? new MimeTally();

    // The boundary that ended the part read last.
    private BoundaryHit? _end;

    public MimeMessage ReadMessage() => ReadMessage(startDepth);

    private MimeMessage ReadMessage(int depth)
    {
        var header = ReadHeader();
        var message = new MimeMessage();
        var content = new HeaderList();
        foreach (var field in header) (HeaderNames.IsOfContent(field.Name) ? content : message.Headers).Add(field);
        message.Body = ReadBody(content, "text/plain", depth);
        message.Defects = _tally.Defects;
        return message;
    }

    private HeaderList ReadHeader()
    {
        _end = null;
        var reader = new HeaderReader(_lines, limits, _tally);
        var header = reader.Read(line => (_end = _boundaries.Find(line)) is not null);
        return header;
    }

    private MimePart ReadBody(HeaderList headers, string otherwise, int depth)
    {
        var type = MediaType.Read(headers.Find(HeaderNames.ContentType)?.Value, otherwise);
        // The header's end was the part's end.
        if (_end is not null) return new MimePart(headers, type, ReadOnlyMemory<byte>.Empty);
        var encoding = headers.Find(HeaderNames.ContentTransferEncoding)?.Value;
        var isMail = type.Name is "message/rfc822" or "message/global";
        if (!type.IsMultipart && !isMail) return new MimePart(headers, type, ReadLeaf());
        if (depth >= limits.MostDepth)
        {
            _tally.Add(MimeDefect.TooDeep);
            return new MimePart(headers, type, ReadLeaf());
        }

        if (type.IsMultipart) return ReadMultipart(headers, type, depth);
        if (TransferEncoding.IsIdentity(encoding)) return new MimePart(headers, type, default) { Message = ReadMessage(depth + 1) };
        // Forbidden, and done; once is enough, since each holds a copy.
        if (startDepth > 0)
        {
            _tally.Add(MimeDefect.TooDeep);
            return new MimePart(headers, type, ReadLeaf());
        }

        var inner = TransferEncoding.Decode(ReadLeaf(), encoding);
        return new MimePart(headers, type, default) { Message = new MimeReader(inner, limits, depth + 1, _tally).ReadMessage() };
    }

    private MimePart ReadMultipart(HeaderList headers, MediaType type, int depth)
    {
        if (type["boundary"]?.TrimEnd() is not { Length: > 0 and <= LongestBoundary } boundary)
        {
            _tally.Add(MimeDefect.NoBoundary);
            return new MimePart(headers, type, ReadLeaf());
        }

        var level = _boundaries.Push(boundary);
        var preamble = ReadLeaf();
        var parts = new List<MimePart>();
        var otherwise = type.Name == "multipart/digest" ? "message/rfc822" : "text/plain";
        var found = _end?.Level == level;
        while (_end is { Closes: false } end && end.Level == level)
        {
            if (_tally.TakePart(limits)) parts.Add(ReadBody(ReadHeader(), otherwise, depth + 1));
            else ReadLeaf();
        }

        _boundaries.Pop();
        if (!found) _tally.Add(MimeDefect.BoundaryNotFound);
        else if (_end?.Level != level) _tally.Add(MimeDefect.CutOff);
        // What follows the last boundary is for nobody; it ends where an outer part does.
        else ReadLeaf();
        return found ? new MimePart(headers, type, default) { Parts = parts } : new MimePart(headers, type, preamble);
    }

    private ReadOnlyMemory<byte> ReadLeaf()
    {
        var start = _lines.Position;
        _end = null;
        while (_lines.Next() is { } line)
        {
            _end = _boundaries.Find(_lines.Span(line));
            // The line end before a boundary belongs to the boundary (RFC 2046 §5.1.1).
            if (_end is not null) return _lines.Between(start, line.Start);
        }

        return source[start..];
    }
}
