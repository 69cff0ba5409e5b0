using System.Globalization;

namespace Crm.Mail.Smtp;

/// <summary>What a server said it can, in its answer to EHLO (RFC 5321 §4.1.1.1).</summary>
internal sealed class SmtpCapabilities
{
    private readonly Dictionary<string, string> _words = new(StringComparer.OrdinalIgnoreCase);

    public static SmtpCapabilities None { get; } = new();

    public bool StartTls => _words.ContainsKey("STARTTLS");

    public bool Pipelining => _words.ContainsKey("PIPELINING");

    public bool EightBit => _words.ContainsKey("8BITMIME");

    public bool Utf8 => _words.ContainsKey("SMTPUTF8");

    public bool Notices => _words.ContainsKey("DSN");

    public bool Size => _words.ContainsKey("SIZE");

    /// <summary>The largest mail that the server takes, in bytes, or null where it does not say (RFC 1870).</summary>
    public long? MostBytes =>
        _words.TryGetValue("SIZE", out var size) && long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var most) && most > 0 ? most : null;

    public IReadOnlySet<string> Mechanisms =>
        (_words.GetValueOrDefault("AUTH") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.OrdinalIgnoreCase);

    public static SmtpCapabilities Read(IReadOnlyList<string> lines)
    {
        var read = new SmtpCapabilities();
        // The first line is the server's name.
        foreach (var line in lines.Skip(1))
        {
            // "AUTH=LOGIN" is how servers of old wrote it.
            var end = line.AsSpan().IndexOfAny(' ', '=');
            var (word, rest) = end < 0 ? (line, "") : (line[..end], line[(end + 1)..]);
            read._words[word] = read._words.TryGetValue(word, out var before) ? $"{before} {rest}" : rest;
        }

        return read;
    }
}
