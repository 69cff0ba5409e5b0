using System.Text;

namespace Crm.Mail.Headers;

/// <summary>Walks over "value; name=value; name="value"" once, from left to right.</summary>
internal sealed class ParameterScanner(string text)
{
    private int _at;

    public string Value() => Until(';').Trim();

    /// <summary>The next parameter with a name, or null at the end.</summary>
    public (string Name, string Value)? Next()
    {
        while (_at < text.Length)
        {
            // Behind the semicolon that ended what came before.
            if (text[_at] == ';') _at++;
            var name = Until(';', '=').Trim();
            if (_at >= text.Length || text[_at] != '=') continue;
            _at++;
            while (_at < text.Length && text[_at] is ' ' or '\t') _at++;
            var value = Content();
            if (name.Length > 0) return (name, value);
        }

        return null;
    }

    private string Content()
    {
        if (_at >= text.Length || text[_at] != '"') return Until(';').Trim();
        var value = new StringBuilder();
        Quoted.Read(text, ref _at, value);
        // What stands between the closing quote and the semicolon belongs to nobody.
        Until(';');
        return value.ToString();
    }

    private string Until(params ReadOnlySpan<char> ends)
    {
        var length = text.AsSpan(_at).IndexOfAny(ends);
        var found = text.Substring(_at, length < 0 ? text.Length - _at : length);
        _at += found.Length;
        return found;
    }
}
