using System.Text;

namespace Crm.Kernel.Tests.Search;

/// <summary>Text of any Unicode, broken text included.</summary>
internal static class RandomText
{
    private static readonly string[] _awkward =
        ["\ud800", "\udfff", "\0", "\"", "'", "\\", "*", ":", "-", "(", ")", " AND ", " NEAR(", "\u0301", "\u3099", "\u200d", "\ufe0f",
         "\ufdfa", "\u1100\u1161\u11a8", "ﬁ", "½", "\uffff", "\ufffe", "�", "=", "_k", "+", "!"];

    public static string Any(Random random, int length)
    {
        var text = new StringBuilder();
        while (text.Length < length)
        {
            _ = random.Next(10) switch
            {
                0 => text.Append(_awkward[random.Next(_awkward.Length)]),
                1 => text.Append((char)random.Next(0x10000)),
                2 => text.Append(char.ConvertFromUtf32(0x10000 + random.Next(0x100000))),
                3 => text.Append(' '),
                4 or 5 => text.Append((char)random.Next(0x4E00, 0x4F00)),
                6 => text.Append((char)random.Next(0xC0, 0x250)),
                7 => text.Append((char)random.Next(0x3041, 0x3100)),
                _ => text.Append((char)random.Next(0x20, 0x7F)),
            };
        }

        return text.ToString();
    }
}
