using System.Globalization;
using System.Text;

namespace Crm.Kernel.Search;

/// <summary>
/// Cuts text into the tokens of the index: words between separators; runs of Han, kana and Hangul, which have none,
/// into overlapping pairs and the last sign, so that any part of a run is a phrase of tokens.
/// </summary>
internal sealed class Tokenizer(string text)
{
    /// <summary>Longer words are cut here, in the index and in the query alike.</summary>
    public const int MaxWordLength = 64;

    private readonly List<Token> _tokens = [];
    private readonly List<Token> _run = [];
    private readonly StringBuilder _word = new();
    private int _wordStart;
    private int _wordEnd;

    /// <summary>The tokens in the text's order, at most <paramref name="max"/> and a run.</summary>
    public static List<Token> Read(string text, int max = int.MaxValue) => new Tokenizer(text).Read(max);

    private List<Token> Read(int max)
    {
        for (var at = 0; at < text.Length && _tokens.Count < max;)
        {
            var c = text[at];
            if (c < 0x80 && (at + 1 == text.Length || text[at + 1] < 0x80))
            {
                if (char.IsAsciiLetterOrDigit(c))
                    AddLetter(char.ToLowerInvariant(c), at, at + 1);
                else
                    EndAll();
                at++;
                continue;
            }

            var length = Fold.PieceLength(text, at);
            AddPiece(Fold.Piece(text, at, length), at, at + length);
            at += length;
        }

        EndAll();
        return _tokens;
    }

    private void AddPiece(string piece, int start, int end)
    {
        foreach (var rune in piece.EnumerateRunes())
        {
            if (IsSign(rune))
            {
                EndWord();
                _run.Add(new(rune.ToString(), start, end, end, 1));
            }
            else if (IsWord(rune))
                AddLetter(rune, start, end);
            else
                EndAll();
        }
    }

    private void AddLetter(char letter, int start, int end) => AddLetter(new Rune(letter), start, end);

    private void AddLetter(Rune letter, int start, int end)
    {
        EndRun();
        if (_word.Length == 0)
            _wordStart = start;
        _wordEnd = end;
        if (_word.Length < MaxWordLength)
            _word.Append(letter);
    }

    private void EndAll()
    {
        EndWord();
        EndRun();
    }

    private void EndWord()
    {
        if (_word.Length == 0)
            return;
        _tokens.Add(new(_word.ToString(), _wordStart, _wordEnd, _wordEnd, 0));
        _word.Clear();
    }

    private void EndRun()
    {
        for (var i = 0; i + 1 < _run.Count; i++)
        {
            var (left, right) = (_run[i], _run[i + 1]);
            _tokens.Add(new(left.Text + right.Text, left.Start, right.End, left.End, 2));
        }

        if (_run.Count > 0)
            _tokens.Add(_run[^1]);
        _run.Clear();
    }

    private static bool IsWord(Rune rune) => Rune.GetUnicodeCategory(rune) is <= UnicodeCategory.OtherNumber;

    /// <summary>Whether this is a sign of a script that writes no spaces.</summary>
    public static bool IsSign(Rune rune) => rune.Value switch
    {
        < 0x1100 => false,
        <= 0x11FF => true,
        < 0x2E80 => false,
        <= 0x2FDF or (>= 0x3005 and <= 0x3007) or (>= 0x3021 and <= 0x3035) => true,
        (>= 0x3041 and <= 0x318F) or (>= 0x31A0 and <= 0x31FF) => IsWord(rune),
        (>= 0x3400 and <= 0x4DBF) or (>= 0x4E00 and <= 0x9FFF) => true,
        (>= 0xA960 and <= 0xA97F) or (>= 0xAC00 and <= 0xD7FF) or (>= 0xF900 and <= 0xFAFF) => true,
        >= 0x20000 and <= 0x3FFFF => true,
        _ => false,
    };
}
