using System.Text;

namespace Crm.Mail.Mime;

/// <summary>The boundaries of the multiparts that the reader is in, the innermost last.</summary>
internal sealed class BoundaryStack
{
    private readonly List<byte[]> _boundaries = [];

    public int Push(string boundary)
    {
        _boundaries.Add(Encoding.UTF8.GetBytes(boundary));
        return _boundaries.Count - 1;
    }

    public void Pop() => _boundaries.RemoveAt(_boundaries.Count - 1);

    public BoundaryHit? Find(ReadOnlySpan<byte> line)
    {
        if (_boundaries.Count == 0 || !line.StartsWith("--"u8)) return null;
        var rest = line[2..].TrimEnd(" \t"u8);
        for (var level = _boundaries.Count - 1; level >= 0; level--)
        {
            if (!rest.StartsWith(_boundaries[level])) continue;
            var tail = rest[_boundaries[level].Length..];
            if (tail.IsEmpty || tail.SequenceEqual("--"u8)) return new BoundaryHit(level, !tail.IsEmpty);
        }

        return null;
    }
}
