using System.Buffers;

namespace Crm.Mail.Headers;

/// <summary>One field of a header (RFC 5322 §2.2). Neither name nor value can hold a line break, whatever it was made from.</summary>
public sealed class HeaderField
{
    private string? _text;

    /// <summary>A field from readable text. Control characters and line breaks become spaces; what is not ASCII is encoded (RFC 2047).</summary>
    /// <param name="name">The field's name: printable ASCII without a colon.</param>
    /// <param name="text">The text as people read it.</param>
    /// <exception cref="MailFormatException">The name is none.</exception>
    public HeaderField(string name, string text)
        : this(name, Unstructured.Encode(HeaderText.Clean(text)), null)
    {
    }

    private HeaderField(string name, string value, string? text)
    {
        if (!IsName(name)) throw new MailFormatException("A header's name is printable ASCII without a colon, up to 76 characters.");
        Name = name;
        Value = value;
        _text = text;
    }

    /// <summary>The field's name as written; compared without case.</summary>
    public string Name { get; }

    /// <summary>The value as it travels, unfolded: encoded words are still encoded.</summary>
    public string Value { get; }

    /// <summary>The value as people read it: encoded words decoded, on one line.</summary>
    public string Text => _text ??= HeaderText.Clean(EncodedWords.Decode(Value));

    /// <summary>A field whose value has a syntax of its own (addresses, parameters, identifiers) and is not to be encoded. Line breaks are taken out here too.</summary>
    internal static HeaderField Structured(string name, string value) => new(name, HeaderText.Clean(value), null);

    internal static bool IsName(ReadOnlySpan<char> name) =>
        name.Length is > 0 and <= 76 && !name.ContainsAnyExceptInRange('!', '~') && !name.Contains(':');

    internal bool Is(string name) => string.Equals(Name, name, StringComparison.OrdinalIgnoreCase);

    internal void Write(IBufferWriter<byte> output)
    {
        // Addresses outside ASCII stay as they are (RFC 6532); any other raw text was read from a mail that should have encoded it.
        var writable = HeaderFolding.Fits(Value) && (HeaderText.IsAscii(Value) || HeaderNames.IsOfAddresses(Name));
        HeaderFolding.Write(output, Name, writable ? Value : EncodedWords.Encode(Text));
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {Text}";
}
