using System.Text;

namespace Crm.Kernel.SignIn;

/// <summary>The codewords of a QR code: the text as bytes in blocks, each with its Reed-Solomon correction at level M, interleaved.</summary>
internal static class QrWords
{
    // By version from 1: all codewords, correction codewords a block, blocks (ISO/IEC 18004, table 9).
    private static readonly (int All, int Correction, int Blocks)[] _versions =
    [
        (26, 10, 1), (44, 16, 1), (70, 26, 1), (100, 18, 2), (134, 24, 2), (172, 16, 4), (196, 18, 4), (242, 22, 4),
        (292, 22, 5), (346, 26, 5), (404, 30, 5), (466, 22, 8), (532, 22, 9), (581, 24, 9), (655, 24, 10),
    ];

    public static (int Version, byte[] Words) Of(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        for (var version = 1; version <= _versions.Length; version++)
        {
            var (all, correction, blocks) = _versions[version - 1];
            var room = all - (correction * blocks);
            if (bytes.Length + (version < 10 ? 2 : 3) <= room)
                return (version, Interleaved(Padded(bytes, version, room), correction, blocks));
        }

        throw new ArgumentException("The text is too long for a QR code.", nameof(text));
    }

    private static byte[] Padded(byte[] bytes, int version, int room)
    {
        var words = new byte[room];
        var at = 0;
        Put(words, ref at, 0b0100, 4);
        Put(words, ref at, bytes.Length, version < 10 ? 8 : 16);
        foreach (var one in bytes)
            Put(words, ref at, one, 8);
        // Four zero bits end the text; then two bytes in turn fill what is left.
        at = Math.Min((at + 4 + 7) / 8, room);
        for (var i = 0; at < room; i++)
            words[at++] = (byte)(i % 2 == 0 ? 0xEC : 0x11);
        return words;
    }

    private static void Put(byte[] words, ref int at, int value, int count)
    {
        for (var i = count - 1; i >= 0; i--, at++)
            words[at >> 3] |= (byte)(((value >> i) & 1) << (7 - (at & 7)));
    }

    private static byte[] Interleaved(byte[] data, int correction, int blocks)
    {
        // The last blocks are a word longer where it doesn't come out even.
        var (shorter, longer) = (data.Length / blocks, data.Length % blocks);
        var divisor = Divisor(correction);
        var parts = new List<(byte[] Data, byte[] Correction)>();
        for (int i = 0, from = 0; i < blocks; i++)
        {
            var length = shorter + (i >= blocks - longer ? 1 : 0);
            var part = data[from..(from + length)];
            parts.Add((part, Remainder(part, divisor)));
            from += length;
        }

        var words = new List<byte>();
        for (var i = 0; i <= shorter; i++)
            words.AddRange(parts.Where(p => i < p.Data.Length).Select(p => p.Data[i]));
        for (var i = 0; i < correction; i++)
            words.AddRange(parts.Select(p => p.Correction[i]));
        return words.ToArray();
    }

    // The product of (x - 2^i), highest power left out.
    private static byte[] Divisor(int degree)
    {
        var factors = new byte[degree];
        factors[^1] = 1;
        byte root = 1;
        for (var i = 0; i < degree; i++)
        {
            for (var j = 0; j < degree; j++)
                factors[j] = (byte)(Times(factors[j], root) ^ (j + 1 < degree ? factors[j + 1] : 0));
            root = Times(root, 2);
        }

        return factors;
    }

    private static byte[] Remainder(byte[] data, byte[] divisor)
    {
        var rest = new byte[divisor.Length];
        foreach (var one in data)
        {
            var factor = (byte)(one ^ rest[0]);
            for (var i = 0; i < rest.Length; i++)
                rest[i] = (byte)((i + 1 < rest.Length ? rest[i + 1] : 0) ^ Times(divisor[i], factor));
        }

        return rest;
    }

    // In the field of 256 elements modulo x^8 + x^4 + x^3 + x^2 + 1.
    private static byte Times(byte a, byte b)
    {
        var product = 0;
        for (var i = 7; i >= 0; i--)
        {
            product = (product << 1) ^ ((product >> 7) * 0x11D);
            product ^= ((b >> i) & 1) * a;
        }

        return (byte)product;
    }
}
