using System.Text;
using Crm.Mail.Mime;

namespace Crm.Mail.Tests;

/// <summary>Random texts with all that has ever broken a mail program, and mails from lines.</summary>
internal static class Samples
{
    private static readonly string[] _pieces =
    [
        "a", "b", "word", "Order", "7", " ", " ", "  ", ".", ",", ";", ":", "<", ">", "@", "\"", "\\", "(", ")", "[", "]", "=", "?", "_", "=?", "?=", "=?utf-8?Q?x?=",
        "=41", "--", "\r\n", "\n", "\r", "\t", "\0", "\u0001", "\u007f", "\u0085", "\u2028", "ā", "Žē", "Ö", "ß", "я", "Привет", "客户", "こんにちは", "한", "😀", "👩‍👩‍👧", "\ud800", "\udc00",
        "e\u0301", "עברית", "\u202e", "Bcc: x@example.org", "\r\nBcc: x@example.org\r\n", "From ", "\r\n.\r\n", "\r\n..", new string('x', 1200), new string('я', 90),
    ];

    public static string Text(Random random, int most = 12) => string.Concat(Enumerable.Range(0, random.Next(most)).Select(_ => _pieces[random.Next(_pieces.Length)]));

    public static MimeMessage Read(params string[] lines) => MimeMessage.Read(Bytes(lines));

    public static byte[] Bytes(params string[] lines) => Encoding.UTF8.GetBytes(string.Join("\r\n", lines) + "\r\n");

    public static TheoryData<int> Seeds(int count) => [.. Enumerable.Range(1, count)];
}
