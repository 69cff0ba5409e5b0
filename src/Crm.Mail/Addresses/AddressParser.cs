using System.Text;
using Crm.Mail.Headers;

namespace Crm.Mail.Addresses;

/// <summary>Reads an address list once from left to right: each sign is looked at once, whatever the list is made of.</summary>
internal sealed class AddressParser(string text)
{
    // As a phrase ("Anna B." from atoms and quoted strings), and as an address (the same signs with quotes and without white space).
    private readonly StringBuilder _phrase = new();
    private readonly StringBuilder _address = new();
    private readonly StringBuilder _comment = new();
    private readonly List<AddressEntry> _entries = [];
    private List<Mailbox>? _group;
    private string _groupName = "";
    private bool _torn;
    private bool _hasAt;
    private int _at;

    public AddressList Read()
    {
        while (_at < text.Length) Step();
        EndEntry();
        EndGroup();
        return new AddressList(_entries);
    }

    private void Step()
    {
        switch (text[_at])
        {
            case ',':
                EndEntry();
                _at++;
                break;
            case ';':
                EndEntry();
                EndGroup();
                _at++;
                break;
            case ':' when _group is null && !_hasAt:
                BeginGroup();
                break;
            case '<':
                ReadAngle();
                break;
            case '(':
                ReadComment(_comment);
                break;
            case '"':
                ReadQuoted();
                break;
            default:
                ReadWord();
                break;
        }
    }

    private void BeginGroup()
    {
        _groupName = Name();
        // The old "route" form and plain rubbish have no name, and are no group.
        _group = _groupName.Length == 0 ? null : [];
        Clear();
        _at++;
    }

    private void ReadQuoted()
    {
        var from = _at;
        Space(_phrase);
        Quoted.Read(text, ref _at, _phrase);
        _address.Append(text, from, _at - from);
    }

    private void ReadWord()
    {
        var from = _at;
        while (_at < text.Length && text[_at] is ' ' or '\t') _at++;
        var spaced = _at > from;
        from = _at;
        if (from < text.Length && text[from] == '[') SkipLiteral();
        else while (_at < text.Length && text[_at] is not (',' or ';' or ':' or '<' or '(' or '"' or ' ' or '\t' or '[')) _at++;
        // A stray colon or the like is passed as if it were part of a word.
        if (_at == from && _at < text.Length && !spaced) _at++;
        var word = text.AsSpan(from, _at - from);
        if (word.IsEmpty) return;
        // "anna @ example.org" is one address by the old rules, "Anna anna@example.org" is not.
        _torn |= spaced && _address.Length > 0 && _address[^1] is not ('.' or '@') && word[0] is not ('.' or '@');
        if (spaced) Space(_phrase);
        _hasAt |= word.Contains('@');
        _phrase.Append(word);
        _address.Append(word);
    }

    private void SkipLiteral()
    {
        var end = text.IndexOfAny([']', ',', '>'], _at);
        _at = end < 0 ? text.Length : text[end] == ']' ? end + 1 : end;
    }

    private void ReadAngle()
    {
        var name = Name();
        Clear();
        for (_at++; _at < text.Length && text[_at] != '>';)
        {
            if (text[_at] is '"') ReadQuoted();
            else if (text[_at] is '(') ReadComment(_comment);
            else if (text[_at] is ':' && _address is { Length: > 0 } && _address[0] == '@') ForgetRoute();
            else if (text[_at] is ' ' or '\t') _at++;
            else _address.Append(text[_at++]);
        }

        _at++;
        Add(name, _address.ToString());
        Clear();
        // Whatever follows up to the next comma says nothing more about who it is.
        while (_at < text.Length && text[_at] is not (',' or ';'))
        {
            if (text[_at] == '(') ReadComment(_comment);
            else _at++;
        }

        Clear();
    }

    // <@relay1,@relay2:anna@example.org>: the way that a mail was once told to go.
    private void ForgetRoute()
    {
        _address.Clear();
        _at++;
    }

    private void ReadComment(StringBuilder into)
    {
        var depth = 0;
        for (; _at < text.Length; _at++)
        {
            var sign = text[_at];
            if (sign == '\\' && _at + 1 < text.Length) into.Append(text[++_at]);
            else if (sign == '(' && depth++ == 0) continue;
            else if (sign == ')' && --depth == 0) break;
            else into.Append(sign);
        }

        _at++;
    }

    private void EndEntry()
    {
        // "anna@example.org (Anna Berg)": the name of old programs.
        if (!_torn) Add(HeaderText.Clean(EncodedWords.Decode(_comment.ToString())), _address.ToString());
        Clear();
    }

    private void EndGroup()
    {
        if (_group is not null) _entries.Add(new AddressGroup(_groupName, _group));
        _group = null;
    }

    private void Add(string name, string address)
    {
        if (address.Length == 0 || !Mailbox.TryCreate(name, address, out var mailbox)) return;
        if (_group is null) _entries.Add(mailbox);
        else _group.Add(mailbox);
    }

    private string Name() => HeaderText.Clean(EncodedWords.Decode(_phrase.ToString()));

    private void Clear()
    {
        _phrase.Clear();
        _address.Clear();
        _comment.Clear();
        _torn = _hasAt = false;
    }

    private static void Space(StringBuilder output)
    {
        if (output.Length > 0 && output[^1] != ' ') output.Append(' ');
    }
}
