namespace Crm.Kernel.Search;

/// <summary>
/// A document's key in SQLite: its time, so that the index's own order is newest first and a time filter is a range of
/// keys. Second in the upper bits, 256 places in each; where those are taken, a place soon after.
/// </summary>
internal static class DocKey
{
    private const int PlaceBits = 8;
    private const long MaxSecond = 1L << 36;
    private static readonly DateTimeOffset _start = new(1970, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // How far behind its time a document may stand when its neighbours' places are taken: about three days, a million
    // documents of one moment. A time filter therefore looks that much further, and then at the time itself.
    private static readonly int[] _spread = [1, 1 << 10, 1 << 16, 1 << 20, 1 << 24, 1 << 26];

    /// <summary>The lowest key of a time.</summary>
    public static long From(DateTimeOffset at) => Second(at) << PlaceBits;

    /// <summary>The highest key that a document of a time may have.</summary>
    public static long To(DateTimeOffset at) => ((Second(at) + 1) << PlaceBits) + _spread[^1];

    /// <summary>The key to try for a document, at the first or a further attempt.</summary>
    public static long Try(DateTimeOffset at, int attempt)
    {
        var place = Math.Clamp(at.Millisecond * (1 << PlaceBits) / 1000, 0, (1 << PlaceBits) - 1);
        var away = _spread[Math.Min(attempt, _spread.Length - 1)];
        return From(at) + place + (attempt == 0 ? 0 : Random.Shared.Next(1, away));
    }

    private static long Second(DateTimeOffset at) =>
        Math.Clamp((long)(at - _start).TotalSeconds, -MaxSecond, MaxSecond);
}
