using System.Runtime.InteropServices;
using System.Text;
using Crm.Abstractions.Search;

namespace Crm.Kernel.Search;

/// <summary>All tokens under which one document is found.</summary>
internal sealed class DocumentTokens
{
    // A word that comes this often says what the text is about.
    private const int StrongCount = 3;

    // PostgreSQL keeps at most 1 MB of words for a document; a body this long is a book.
    private const int MaxTitle = 1_000;
    private const int MaxBody = 60_000;

    public DocumentTokens(string title, string body)
    {
        var counts = new Dictionary<string, int>();
        Title = Count(Tokenizer.Read(title, MaxTitle), counts, StrongCount);
        TitleSigns = SignsOf(Title);
        Body = Count(Tokenizer.Read(body, MaxBody), counts, 1);
        Signs = SignsOf(counts.Keys);
        Strong = [.. counts.Where(c => c.Value >= StrongCount).Select(c => c.Key).Union(TitleSigns)];
        Whole = Marks.Whole(Title);
    }

    /// <summary>The title's words in order.</summary>
    public IReadOnlyList<string> Title { get; }

    /// <summary>The body's words in order.</summary>
    public IReadOnlyList<string> Body { get; }

    /// <summary>The words of the title, and those that the body repeats.</summary>
    public IReadOnlyList<string> Strong { get; }

    /// <summary>The signs of the title that begin a pair; the others are words already.</summary>
    public IReadOnlyCollection<string> TitleSigns { get; }

    /// <summary>The signs of the whole document that begin a pair.</summary>
    public IReadOnlyCollection<string> Signs { get; }

    /// <summary>The title as one token.</summary>
    public string? Whole { get; }

    /// <summary>The tokens of rights and filters.</summary>
    public static IEnumerable<string> Labels(string kind, Guid? ownerId, IEnumerable<string> acl)
    {
        yield return Marks.Kind(kind);
        if (ownerId is { } owner)
            yield return Marks.Owner(owner);
        foreach (var token in acl.Distinct())
            yield return Marks.Acl(token);
    }

    /// <summary>The tokens of rights and filters of a document.</summary>
    public static IEnumerable<string> Labels(SearchDocument document) =>
        Labels(document.Kind, document.OwnerId, document.Acl);

    private static List<string> Count(List<Token> tokens, Dictionary<string, int> counts, int weight)
    {
        var words = new List<string>(tokens.Count);
        foreach (var token in tokens)
        {
            words.Add(token.Text);
            CollectionsMarshal.GetValueRefOrAddDefault(counts, token.Text, out _) += weight;
        }

        return words;
    }

    /// <summary>The first of two neighbouring signs, or null for any other token.</summary>
    public static string? FirstOfPair(string token)
    {
        if (token[0] < '\u1100' || token.Length is 1 or > 4 || !Rune.TryGetRuneAt(token, 0, out var first)
            || !Tokenizer.IsSign(first) || first.Utf16SequenceLength == token.Length)
            return null;
        return first.ToString();
    }

    // Every sign either begins a pair or is the token at the end of its run.
    private static HashSet<string> SignsOf(IEnumerable<string> tokens) =>
        [.. tokens.Select(FirstOfPair).OfType<string>()];
}
