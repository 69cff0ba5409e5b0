namespace Crm.Mail.Mime;

/// <summary>The lines of a mail, ended by CRLF or, from careless programs, by LF alone.</summary>
internal sealed class LineScanner(ReadOnlyMemory<byte> source)
{
    public int Position { get; private set; }

    public Line? Next()
    {
        if (Position >= source.Length) return null;
        var start = Position;
        var length = source.Span[start..].IndexOf((byte)'\n');
        Position = length < 0 ? source.Length : start + length + 1;
        return new Line(start, length < 0 ? source.Length : TrimEnd(start, start + length));
    }

    public void Return(Line line) => Position = line.Start;

    public ReadOnlySpan<byte> Span(Line line) => source.Span[line.Start..line.End];

    /// <summary>What stands before a line, without the line end in between.</summary>
    public ReadOnlyMemory<byte> Between(int start, int line) =>
        line == start ? default : source[start..TrimEnd(start, source.Span[line - 1] == '\n' ? line - 1 : line)];

    private int TrimEnd(int start, int end) => end > start && source.Span[end - 1] == '\r' ? end - 1 : end;
}
