namespace Crm.Mail.Headers;

/// <summary>Free text in a header: the words that need it, and all between them, are encoded; the rest stays readable.</summary>
internal static class Unstructured
{
    // Runs of white space that long would make lines that are too long.
    private const int LongestPlain = 60;

    public static string Encode(string clean)
    {
        var words = clean.Split(' ');
        var first = Array.FindIndex(words, NeedsEncoding);
        if (first < 0) return clean.Contains(new string(' ', LongestPlain), StringComparison.Ordinal) ? EncodedWords.Encode(clean) : clean;
        var last = Array.FindLastIndex(words, NeedsEncoding);
        // An empty word is a second space: inside the encoded part it survives every reader.
        while (first > 0 && words[first - 1].Length == 0) first--;
        while (last < words.Length - 1 && words[last + 1].Length == 0) last++;
        var encoded = EncodedWords.Encode(string.Join(' ', words[first..(last + 1)]));
        return string.Join(' ', [.. words[..first], encoded, .. words[(last + 1)..]]);
    }

    private static bool NeedsEncoding(string word) =>
        !HeaderText.IsAscii(word) || word.Contains("=?", StringComparison.Ordinal) || word.Length > HeaderFolding.LongestWord;
}
