using System.Text;
using System.Text.Unicode;

namespace Crm.Kernel.Import;

/// <summary>Finds out in which encoding a file is: its mark, else UTF-8 where that is valid, else one of Windows.</summary>
internal static class Encodings
{
    static Encodings() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static (Encoding Encoding, int Preamble) Guess(ReadOnlySpan<byte> sample, bool isBaltic)
    {
        if (sample.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            return (Marking("utf-8"), 3);
        if (sample.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]))
            return (Marking("utf-16"), 2);
        if (sample.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
            return (Marking("utf-16BE"), 2);
        if (ZerosAt(sample, 1) > 0.4)
            return (Marking("utf-16"), 0);
        if (ZerosAt(sample, 0) > 0.4)
            return (Marking("utf-16BE"), 0);
        if (IsMostlyUtf8(sample))
            return (Marking("utf-8"), 0);
        return (Marking(isBaltic || LooksBaltic(sample) ? "windows-1257" : "windows-1252"), 0);
    }

    public static Encoding Marking(string name) =>
        Encoding.GetEncoding(name, EncoderFallback.ReplacementFallback, new DecoderReplacementFallback(FileFormat.BadByte.ToString()));

    private static double ZerosAt(ReadOnlySpan<byte> sample, int parity)
    {
        var zeros = 0;
        for (var i = parity; i < sample.Length; i += 2)
            zeros += sample[i] == 0 ? 1 : 0;
        return sample.Length < 4 ? 0 : zeros * 2.0 / sample.Length;
    }

    // A few broken rows don't make a UTF-8 file one of Windows: they are reported by line.
    private static bool IsMostlyUtf8(ReadOnlySpan<byte> sample)
    {
        // The sample may end inside a character.
        var end = sample.Length;
        while (end > 0 && end > sample.Length - 4 && (sample[end - 1] & 0xC0) == 0x80)
            end--;
        if (end > 0 && sample[end - 1] >= 0xC0)
            end--;
        if (Utf8.IsValid(sample[..end]))
            return true;
        var (good, bad) = (0, 0);
        for (var rest = sample[..end]; !rest.IsEmpty;)
        {
            var status = Rune.DecodeFromUtf8(rest, out _, out var used);
            if (used > 1 && status == System.Buffers.OperationStatus.Done)
                good++;
            else if (status != System.Buffers.OperationStatus.Done)
                bad++;
            rest = rest[used..];
        }

        return good > bad * 3;
    }

    // š, ž, ū and ņ are where Windows-1252 has ð, þ, û and ò.
    private static bool LooksBaltic(ReadOnlySpan<byte> sample)
    {
        var (baltic, western) = (0, 0);
        foreach (var b in sample)
        {
            if (b is 0xF0 or 0xFE or 0xD0 or 0xDE or 0xFB or 0xF2 or 0xEF)
                baltic++;
            else if (b is 0xE9 or 0xF1 or 0xFA or 0xDF)
                western++;
        }

        return baltic > western;
    }
}
