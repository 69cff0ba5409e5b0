using System.Buffers.Binary;
using System.Buffers.Text;
using System.Runtime.InteropServices;
using Crm.Abstractions.Search;

namespace Crm.Kernel.Search;

/// <summary>Where a page of hits ended: the rank, and in it the last document's place in time.</summary>
/// <param name="Rank">The rank that goes on.</param>
/// <param name="Key">The document's key (SQLite) or time (PostgreSQL).</param>
/// <param name="Id">The document, where the key alone isn't unique.</param>
/// <param name="Block">The block in which PostgreSQL keeps it.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Cursor(SearchRank Rank, long Key, Guid Id, int Block = 0)
{
    private const int Length = 29;

    /// <summary>Before everything in a rank.</summary>
    public static Cursor StartOf(SearchRank rank) =>
        new(rank, long.MaxValue, new Guid("ffffffff-ffff-ffff-ffff-ffffffffffff"), int.MaxValue);

    public static Cursor Read(string text)
    {
        var bytes = new byte[Length];
        if (text.Length > 64 || !Base64Url.IsValid(text, out var length) || length != bytes.Length)
            throw new FormatException("This is no cursor of a search.");
        Base64Url.DecodeFromChars(text, bytes);
        if (bytes[0] > (byte)SearchRank.AnywherePrefix)
            throw new FormatException("This is no cursor of a search.");
        var key = BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(1));
        return new((SearchRank)bytes[0], key, new Guid(bytes.AsSpan(9, 16), bigEndian: true), BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(25)));
    }

    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Length];
        bytes[0] = (byte)Rank;
        BinaryPrimitives.WriteInt64BigEndian(bytes[1..], Key);
        Id.TryWriteBytes(bytes[9..], bigEndian: true, out _);
        BinaryPrimitives.WriteInt32BigEndian(bytes[25..], Block);
        return Base64Url.EncodeToString(bytes);
    }
}
