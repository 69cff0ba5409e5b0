using System.Globalization;
using System.Text;

namespace Crm.Kernel.Search;

/// <summary>Folds text to the form in which it is indexed and searched, a piece at a time, so that places are kept.</summary>
internal static class Fold
{
    // One letter folds the same everywhere, so that what was folded once is remembered for the common planes.
    private static readonly string?[] _known = new string?[0x3000];

    /// <summary>The whole text folded, with separators as they are.</summary>
    public static string Text(string text)
    {
        var folded = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length;)
        {
            var length = PieceLength(text, at);
            folded.Append(Piece(text, at, length));
            at += length;
        }

        return folded.ToString();
    }

    /// <summary>The length of the piece at a place: a character with all marks that hang on it.</summary>
    public static int PieceLength(string text, int at)
    {
        var first = char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]) ? 2 : 1;
        var end = at + first;
        while (end < text.Length && text[end] >= 0xAD && Hangs(text, end, out var length))
            end += length;
        return end - at;
    }

    /// <summary>The piece in its folded form; empty where nothing of it counts.</summary>
    public static string Piece(string text, int at, int length)
    {
        var first = text[at];
        if (length > 1)
            return Compose(text.Substring(at, length));
        if (IsPlainSign(first))
            return first.ToString();
        return first < _known.Length ? _known[first] ??= Compose(first.ToString()) : Compose(first.ToString());
    }

    private static bool IsPlainSign(char c) => c is (>= '\u4E00' and <= '\u9FFF') or (>= '\uAC00' and <= '\uD7A3');

    private static bool Hangs(string text, int at, out int length)
    {
        var c = text[at];
        length = 1;
        // The later parts of a Hangul syllable, and the voice marks of half-width kana.
        if (c is (>= '\u1160' and <= '\u11FF') or (>= '\uD7B0' and <= '\uD7FF') or '\uFF9E' or '\uFF9F')
            return true;
        if (char.IsHighSurrogate(c))
            length = 2;
        return CharUnicodeInfo.GetUnicodeCategory(text, at) is UnicodeCategory.NonSpacingMark
            or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format;
    }

    private static string Compose(string piece)
    {
        if (!TryNormalize(piece, NormalizationForm.FormKD, out var apart))
            return " ";
        var folded = new StringBuilder(apart.Length);
        foreach (var rune in apart.EnumerateRunes())
        {
            if (!IsDropped(rune))
                folded.Append(Plain(Rune.ToLowerInvariant(rune)));
        }

        // Together again: Hangul syllables and voiced kana fall apart above.
        return TryNormalize(folded.ToString(), NormalizationForm.FormC, out var whole) ? whole : " ";
    }

    private static bool TryNormalize(string text, NormalizationForm form, out string normalized)
    {
        try
        {
            normalized = text.Normalize(form);
            return true;
        }
        catch (ArgumentException)
        {
            // Half of a surrogate pair, or a code that is no character: it separates words.
            normalized = "";
            return false;
        }
    }

    // Only the general marks of Latin, Greek and Cyrillic go: others (a kana's voice mark, a vowel sign) make the letter.
    private static bool IsDropped(Rune rune) =>
        rune.Value is (>= 0x300 and <= 0x36F) or (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF)
        || Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format;

    // Letters with a stroke or joined letters, which don't decompose.
    private static string Plain(Rune rune) => rune.Value switch
    {
        'ł' => "l", 'ø' => "o", 'ß' => "ss", 'đ' or 'ð' => "d", 'æ' => "ae", 'œ' => "oe", 'ħ' => "h", 'ŧ' => "t",
        'ı' => "i", 'þ' => "th", 'ŋ' => "n", 'ĸ' => "k", 'ƀ' => "b", 'ɨ' => "i", 'ƶ' => "z", 'ȷ' => "j", 'ǥ' => "g",
        'ς' => "σ",
        _ => rune.ToString(),
    };
}
