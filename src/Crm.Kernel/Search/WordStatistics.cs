using System.Data.Common;

namespace Crm.Kernel.Search;

/// <summary>How common words are, as PostgreSQL's statistics have it; held in memory, so that it costs a search nothing.</summary>
/// <param name="documents">The number of documents, about.</param>
/// <param name="words">The common words in order.</param>
/// <param name="shares">The part of the documents that has each of them.</param>
/// <param name="other">At most this part has a word that isn't among them.</param>
internal sealed class WordStatistics(double documents, string[] words, float[] shares, double other)
{
    /// <summary>The number of documents, about.</summary>
    public double Documents { get; } = documents;

    /// <summary>Whether PostgreSQL has made any yet.</summary>
    public bool IsMade => words.Length > 0;

    /// <summary>The part of the documents that has a rare word, at most.</summary>
    public double Rare { get; } = other;

    /// <summary>When they were read, as a timestamp.</summary>
    public long ReadAt { get; } = TimeProvider.System.GetTimestamp();

    public static async Task<WordStatistics> ReadAsync(DbConnection connection, DbTransaction? transaction, CancellationToken ct)
    {
        await using var command = connection.Command(transaction, """
            SELECT c.reltuples::float8, s.most_common_elems::text::text[], s.most_common_elem_freqs
            FROM pg_class c LEFT JOIN pg_stats s ON s.tablename = 'core_search_doc' AND s.attname = 'words' AND s.schemaname = current_schema()
            WHERE c.oid = 'core_search_doc'::regclass
            """);
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        var documents = Math.Max(0, reader.GetDouble(0));
        // Before the first statistics any word may be common.
        if (reader.IsDBNull(1) || reader.IsDBNull(2))
            return new(documents, [], [], 1);
        var words = (string[])reader.GetValue(1);
        // Behind the words' own numbers stand the least and the most of them.
        var numbers = (float[])reader.GetValue(2);
        var shares = numbers[..words.Length];
        Array.Sort(words, shares, StringComparer.Ordinal);
        return new(documents, words, shares, numbers.Length > words.Length ? numbers[words.Length] : 0);
    }

    /// <summary>The part of the documents that fits, as far as words come together by chance.</summary>
    public double Likely(Wanted wanted) => wanted switch
    {
        Wanted.Words w => w.Tokens.Select((t, i) => Share(t, w.Prefix && i == w.Tokens.Count - 1)).Aggregate((a, b) => a * b),
        Wanted.All all => all.Parts.Select(Likely).Aggregate((a, b) => a * b),
        _ => AtMost(wanted),
    };

    /// <summary>The part of the documents that fits at most.</summary>
    public double AtMost(Wanted wanted) => wanted switch
    {
        Wanted.Words w => w.Tokens.Select((t, i) => Share(t, w.Prefix && i == w.Tokens.Count - 1)).Min(),
        Wanted.All all => all.Parts.Min(AtMost),
        Wanted.Any any => Math.Min(1, any.Parts.Sum(AtMost)),
        Wanted.Except except => AtMost(except.What),
        _ => 1,
    };

    /// <summary>The part of the documents that has a word that begins as one that is still typed does.</summary>
    public double Typed(Wanted wanted) => wanted switch
    {
        Wanted.Words { Prefix: true } words => Share(words.Tokens[^1], true),
        Wanted.All all => all.Parts.Max(Typed),
        Wanted.Any any => any.Parts.Max(Typed),
        Wanted.Except except => Math.Max(Typed(except.What), Typed(except.Not)),
        _ => 0,
    };

    private double Share(string token, bool prefix)
    {
        var at = Array.BinarySearch(words, token, StringComparer.Ordinal);
        if (!prefix)
            return at >= 0 ? shares[at] : Rare;
        var sum = Rare;
        for (var i = at >= 0 ? at : ~at; i < words.Length && words[i].StartsWith(token, StringComparison.Ordinal); i++)
            sum += shares[i];
        return Math.Min(1, sum);
    }
}
