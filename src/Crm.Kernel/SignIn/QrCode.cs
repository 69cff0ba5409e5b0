namespace Crm.Kernel.SignIn;

/// <summary>The modules of a QR code (ISO/IEC 18004), versions 1 to 15 at correction level M: enough for a key's address.</summary>
internal sealed class QrCode
{
    private readonly bool[,] _dark;
    private readonly bool[,] _fixed;

    private QrCode(int version)
    {
        Size = (version * 4) + 17;
        (_dark, _fixed) = (new bool[Size, Size], new bool[Size, Size]);
        DrawPatterns(version);
    }

    public int Size { get; }

    public bool IsDark(int x, int y) => _dark[x, y];

    /// <exception cref="ArgumentException">The text is too long.</exception>
    public static QrCode Of(string text)
    {
        var (version, codewords) = QrWords.Of(text);
        QrCode? best = null;
        var least = int.MaxValue;
        for (var mask = 0; mask < 8; mask++)
        {
            var code = new QrCode(version);
            code.DrawWords(codewords, mask);
            code.DrawFormat(mask);
            var penalty = QrPenalty.Of(code);
            if (penalty < least)
                (best, least) = (code, penalty);
        }

        return best!;
    }

    private void Fix(int x, int y, bool dark) => (_dark[x, y], _fixed[x, y]) = (dark, true);

    private void DrawPatterns(int version)
    {
        for (var i = 0; i < Size; i++)
        {
            Fix(6, i, i % 2 == 0);
            Fix(i, 6, i % 2 == 0);
        }

        DrawFinder(3, 3);
        DrawFinder(Size - 4, 3);
        DrawFinder(3, Size - 4);
        DrawAlignment(version);
        DrawFormat(0);
        if (version >= 7)
            DrawVersion(version);
    }

    private void DrawFinder(int cx, int cy)
    {
        for (var dy = -4; dy <= 4; dy++)
        {
            for (var dx = -4; dx <= 4; dx++)
            {
                var (x, y, ring) = (cx + dx, cy + dy, Math.Max(Math.Abs(dx), Math.Abs(dy)));
                if (x >= 0 && x < Size && y >= 0 && y < Size)
                    Fix(x, y, ring is not (2 or 4));
            }
        }
    }

    private void DrawAlignment(int version)
    {
        if (version == 1)
            return;
        var count = (version / 7) + 2;
        var step = ((version * 4) + (count * 2) + 1) / ((count * 2) - 2) * 2;
        var at = Enumerable.Range(0, count - 1).Select(i => Size - 7 - (i * step)).Append(6).ToList();
        foreach (var cx in at)
        {
            foreach (var cy in at)
            {
                // The corners are the finders'.
                if ((cx == 6 && cy == 6) || (cx == 6 && cy == Size - 7) || (cx == Size - 7 && cy == 6))
                    continue;
                for (var dy = -2; dy <= 2; dy++)
                {
                    for (var dx = -2; dx <= 2; dx++)
                        Fix(cx + dx, cy + dy, Math.Max(Math.Abs(dx), Math.Abs(dy)) != 1);
                }
            }
        }
    }

    private void DrawVersion(int version)
    {
        var rest = version;
        for (var i = 0; i < 12; i++)
            rest = (rest << 1) ^ ((rest >> 11) * 0x1F25);
        var bits = (version << 12) | rest;
        for (var i = 0; i < 18; i++)
        {
            var dark = ((bits >> i) & 1) == 1;
            Fix(Size - 11 + (i % 3), i / 3, dark);
            Fix(i / 3, Size - 11 + (i % 3), dark);
        }
    }

    private void DrawFormat(int mask)
    {
        // Level M is 00 in the two highest bits.
        var rest = mask;
        for (var i = 0; i < 10; i++)
            rest = (rest << 1) ^ ((rest >> 9) * 0x537);
        var bits = ((mask << 10) | rest) ^ 0x5412;
        bool Bit(int i) => ((bits >> i) & 1) == 1;

        for (var i = 0; i < 8; i++)
        {
            // Both copies step over the timing lines.
            Fix(8, i < 6 ? i : i + 1, Bit(i));
            Fix(Size - 1 - i, 8, Bit(i));
        }

        Fix(8, 7, Bit(6));
        Fix(8, 8, Bit(7));
        Fix(7, 8, Bit(8));
        for (var i = 9; i < 15; i++)
            Fix(14 - i, 8, Bit(i));
        for (var i = 8; i < 15; i++)
            Fix(8, Size - 15 + i, Bit(i));
        Fix(8, Size - 8, true);
    }

    private void DrawWords(byte[] words, int mask)
    {
        var bit = 0;
        for (var right = Size - 1; right >= 1; right -= 2)
        {
            if (right == 6)
                right = 5;
            for (var vertical = 0; vertical < Size; vertical++)
            {
                for (var j = 0; j < 2; j++)
                {
                    var x = right - j;
                    var y = ((right + 1) & 2) == 0 ? Size - 1 - vertical : vertical;
                    if (_fixed[x, y])
                        continue;
                    var dark = bit < words.Length * 8 && ((words[bit >> 3] >> (7 - (bit & 7))) & 1) == 1;
                    bit++;
                    _dark[x, y] = dark ^ IsMasked(mask, x, y);
                }
            }
        }
    }

    private static bool IsMasked(int mask, int x, int y) => mask switch
    {
        0 => (x + y) % 2 == 0,
        1 => y % 2 == 0,
        2 => x % 3 == 0,
        3 => (x + y) % 3 == 0,
        4 => ((x / 3) + (y / 2)) % 2 == 0,
        5 => (x * y % 2) + (x * y % 3) == 0,
        6 => ((x * y % 2) + (x * y % 3)) % 2 == 0,
        _ => (((x + y) % 2) + (x * y % 3)) % 2 == 0,
    };
}
