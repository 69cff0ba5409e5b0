using System.Text;
using Crm.Mail.Encodings;

namespace Crm.Mail.Headers;

/// <summary>Neighbouring encoded words of one charset, decoded together: many programs cut a character in two between them.</summary>
internal sealed class EncodedRun
{
    private readonly List<byte> _bytes = [];
    private string? _charset;

    public bool IsOpen => _charset is not null;

    public void Add(EncodedWord word, StringBuilder output)
    {
        if (!string.Equals(_charset, word.Charset, StringComparison.OrdinalIgnoreCase)) Flush(output);
        _charset = word.Charset;
        _bytes.AddRange(word.ToBytes());
    }

    public void Flush(StringBuilder output)
    {
        if (_charset is null) return;
        output.Append(Charsets.Decode([.. _bytes], _charset));
        _bytes.Clear();
        _charset = null;
    }
}
