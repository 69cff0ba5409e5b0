namespace Crm.Kernel.SignIn;

/// <summary>How hard a masked QR code is to read: the fewer points the better (ISO/IEC 18004, 7.8.3).</summary>
internal static class QrPenalty
{
    public static int Of(QrCode code)
    {
        var points = 0;
        var dark = 0;
        for (var a = 0; a < code.Size; a++)
        {
            points += Line(code.Size, b => code.IsDark(b, a)) + Line(code.Size, b => code.IsDark(a, b));
            for (var b = 0; b < code.Size; b++)
            {
                dark += code.IsDark(a, b) ? 1 : 0;
                if (a > 0 && b > 0 && code.IsDark(a, b) == code.IsDark(a - 1, b) && code.IsDark(a, b) == code.IsDark(a, b - 1) && code.IsDark(a, b) == code.IsDark(a - 1, b - 1))
                    points += 3;
            }
        }

        var percent = dark * 100 / (code.Size * code.Size);
        return points + (Math.Abs(percent - 50) / 5 * 10);
    }

    private static int Line(int size, Func<int, bool> dark)
    {
        var (points, run, window) = (0, 0, 0);
        for (var i = 0; i < size; i++)
        {
            run = i > 0 && dark(i) == dark(i - 1) ? run + 1 : 1;
            points += run == 5 ? 3 : run > 5 ? 1 : 0;
            // What looks like a finder: 1011101 with four light on one side.
            window = ((window << 1) | (dark(i) ? 1 : 0)) & 0x7FF;
            points += i >= 10 && window is 0b10111010000 or 0b00001011101 ? 40 : 0;
        }

        return points;
    }
}
