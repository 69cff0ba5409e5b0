namespace Crm.Abstractions.Records;

/// <summary>Bytes that sort as the title does in the site's language (an ICU sort key). A type of its own, so that the database can compare it.</summary>
/// <param name="bytes">The key.</param>
public readonly struct SortKey(byte[] bytes) : IComparable<SortKey>, IEquatable<SortKey>
{
    private readonly byte[]? _bytes = bytes;

    /// <summary>The key's bytes; empty for no title.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Copies the bytes.</summary>
    public byte[] ToArray() => _bytes ?? [];

    /// <inheritdoc/>
    public int CompareTo(SortKey other) => Bytes.SequenceCompareTo(other.Bytes);

    /// <inheritdoc/>
    public bool Equals(SortKey other) => Bytes.SequenceEqual(other.Bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is SortKey other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(Bytes);
        return hash.ToHashCode();
    }

    /// <summary>Equal bytes.</summary>
    public static bool operator ==(SortKey a, SortKey b) => a.Equals(b);

    /// <summary>Different bytes.</summary>
    public static bool operator !=(SortKey a, SortKey b) => !a.Equals(b);

    /// <summary>Sorts before.</summary>
    public static bool operator <(SortKey a, SortKey b) => a.CompareTo(b) < 0;

    /// <summary>Sorts after.</summary>
    public static bool operator >(SortKey a, SortKey b) => a.CompareTo(b) > 0;

    /// <summary>Sorts before or the same.</summary>
    public static bool operator <=(SortKey a, SortKey b) => a.CompareTo(b) <= 0;

    /// <summary>Sorts after or the same.</summary>
    public static bool operator >=(SortKey a, SortKey b) => a.CompareTo(b) >= 0;
}
