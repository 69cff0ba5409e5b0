namespace Crm.Abstractions.Search;

/// <summary>One page of hits, best first.</summary>
/// <param name="Matches">The hits.</param>
/// <param name="Next">The cursor of the next page, or null when there is none.</param>
/// <param name="Capped">
/// Whether the index stopped looking because it took too long: there may be more hits, of this page's rank or lower,
/// and <paramref name="Next"/> goes on where it stopped.
/// </param>
public sealed record SearchPage(IReadOnlyList<SearchMatch> Matches, string? Next, bool Capped)
{
    /// <summary>The page without a hit.</summary>
    public static SearchPage Empty { get; } = new([], null, false);
}

/// <summary>One hit, with the text that its snippet is cut from.</summary>
/// <param name="Id">The record's id.</param>
/// <param name="Kind">The record's kind.</param>
/// <param name="Title">The title as it was indexed.</param>
/// <param name="Body">The body as it was indexed.</param>
/// <param name="At">The document's time.</param>
/// <param name="Rank">Why it stands where it stands.</param>
public sealed record SearchMatch(Guid Id, string Kind, string Title, string Body, DateTimeOffset At, SearchRank Rank)
{
    /// <summary>The rank as a number, from 1 (the title is the query) down to nearly 0.</summary>
    public double Score => 1 - (int)Rank / 6d;
}

/// <summary>How well a document fits; within one rank the newer document stands above the older.</summary>
public enum SearchRank
{
    /// <summary>The title is the query.</summary>
    WholeTitle,

    /// <summary>The title has all words.</summary>
    Title,

    /// <summary>The title has all words, the last one as a beginning.</summary>
    TitlePrefix,

    /// <summary>Every word is in the title or at least three times in the body.</summary>
    Strong,

    /// <summary>Every word is somewhere in the document.</summary>
    Anywhere,

    /// <summary>Every word is somewhere in the document, the last one as a beginning.</summary>
    AnywherePrefix,
}
