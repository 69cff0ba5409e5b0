namespace Crm.Architecture.Tests.Reading;

/// <summary>Blanks comments and string contents in C#, so that a pattern meets code only. Interpolated expressions stay: they are code.</summary>
internal sealed class CodeMask
{
    private readonly string _text;
    private readonly char[] _code;
    private int _at;

    private CodeMask(string text) => (_text, _code) = (text, text.ToCharArray());

    public static string Of(string text)
    {
        var mask = new CodeMask(text);
        mask.ReadCode(closingBraces: 0);
        return new string(mask._code);
    }

    // Up to the end of the text, or of the hole in an interpolated string that this code stands in.
    private void ReadCode(int closingBraces)
    {
        var depth = 0;
        while (_at < _text.Length)
        {
            if (closingBraces > 0 && depth == 0 && Run('}') >= closingBraces) return;
            if (Meets("//")) BlankTo(EndOf("\n", after: false));
            else if (Meets("/*")) BlankTo(EndOf("*/", after: true));
            else if (_text[_at] == '#' && AtLineStart()) _at = EndOf("\n", after: false);
            else if (_text[_at] == '\'') ReadCharacter();
            else if (StringStart() is var (dollars, verbatim, length)) ReadString(dollars, verbatim, length);
            else
            {
                depth += _text[_at] switch { '{' => 1, '}' => -1, _ => 0 };
                _at++;
            }
        }
    }

    private (int Dollars, bool Verbatim, int Length)? StringStart()
    {
        int dollars = 0, end = _at;
        var verbatim = false;
        for (; end < _text.Length && _text[end] is '$' or '@'; end++)
        {
            if (_text[end] == '$') dollars++;
            else verbatim = true;
        }

        return end < _text.Length && _text[end] == '"' ? (dollars, verbatim, end - _at) : null;
    }

    private void ReadString(int dollars, bool verbatim, int prefix)
    {
        _at += prefix;
        var quotes = Run('"');
        if (!verbatim && quotes == 2)
        {
            _at += 2;
            return;
        }

        var raw = !verbatim && quotes >= 3;
        _at += raw ? quotes : 1;
        while (_at < _text.Length)
        {
            if (raw ? Run('"') >= quotes : _text[_at] == '"' && !(verbatim && Run('"') % 2 == 0))
            {
                _at += raw ? quotes : 1;
                return;
            }

            ReadContent(dollars, verbatim, raw);
        }
    }

    private void ReadContent(int dollars, bool verbatim, bool raw)
    {
        var holeBraces = raw ? dollars : 1;
        var braces = Run('{');
        if (dollars > 0 && braces > 0 && (raw ? braces >= holeBraces : braces % 2 == 1))
        {
            BlankTo(_at + braces);
            ReadCode(holeBraces);
            BlankTo(Math.Min(_text.Length, _at + holeBraces));
        }
        else if (braces > 0) BlankTo(_at + braces);
        else if (verbatim && _text[_at] == '"') BlankTo(_at + Run('"') / 2 * 2);
        else if (!verbatim && !raw && _text[_at] == '\\') BlankTo(Math.Min(_text.Length, _at + 2));
        else BlankTo(_at + 1);
    }

    private void ReadCharacter()
    {
        var escaped = _at + 1 < _text.Length && _text[_at + 1] == '\\';
        var end = _at + 2 < _text.Length ? _text.IndexOf('\'', _at + (escaped ? 3 : 2)) : -1;
        // A format such as {time:h 'h'} has quotes that are no characters; the longest real one is '\U0001F600'.
        if (end < 0 || end - _at > 11) _at++;
        else BlankTo(end + 1);
    }

    private bool AtLineStart() => _text.AsSpan(0, _at)[(_text.AsSpan(0, _at).LastIndexOf('\n') + 1)..].IsWhiteSpace();

    private bool Meets(string sign) => string.CompareOrdinal(_text, _at, sign, 0, sign.Length) == 0;

    private int Run(char sign)
    {
        var end = _at;
        while (end < _text.Length && _text[end] == sign) end++;
        return end - _at;
    }

    private int EndOf(string sign, bool after)
    {
        var found = _text.IndexOf(sign, Math.Min(_text.Length, _at + (after ? sign.Length : 0)), StringComparison.Ordinal);
        return found < 0 ? _text.Length : found + (after ? sign.Length : 0);
    }

    private void BlankTo(int end)
    {
        for (; _at < end; _at++)
        {
            if (_code[_at] is not ('\n' or '\r')) _code[_at] = ' ';
        }
    }
}
