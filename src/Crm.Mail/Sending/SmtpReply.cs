using Crm.Mail.Headers;

namespace Crm.Mail.Sending;

/// <summary>What a server answered (RFC 5321 §4.2).</summary>
/// <param name="Code">Three digits: 2xx done, 3xx go on, 4xx not now, 5xx never.</param>
/// <param name="Text">The text, its lines with a space between them, without control characters.</param>
public sealed record SmtpReply(int Code, string Text)
{
    /// <summary>The enhanced code that the text begins with, such as <c>5.1.1</c>, or null (RFC 3463).</summary>
    public string? EnhancedCode
    {
        get
        {
            var word = Text.Split(' ', 2)[0];
            return word.Split('.') is [{ Length: 1 } kind, { Length: > 0 and <= 3 } subject, { Length: > 0 and <= 3 } detail]
                && (kind + subject + detail).All(char.IsAsciiDigit) ? word : null;
        }
    }

    /// <summary>2xx.</summary>
    public bool IsDone => Code is >= 200 and < 300;

    /// <summary>4xx: the same may pass later.</summary>
    public bool IsForNow => Code is >= 400 and < 500;

    internal static SmtpReply Of(int code, IEnumerable<string> lines) => new(code, HeaderText.Clean(string.Join(' ', lines)));

    /// <inheritdoc/>
    public override string ToString() => $"{Code} {Text}";
}
