namespace Crm.Kernel.Search;

/// <summary>What a document must have, before it is written in a database's own syntax.</summary>
internal abstract record Wanted
{
    /// <summary>Tokens in a row (or one), the last perhaps only as a beginning.</summary>
    internal sealed record Words(IReadOnlyList<string> Tokens, bool Prefix) : Wanted;

    /// <summary>Each of the parts.</summary>
    internal sealed record All(IReadOnlyList<Wanted> Parts) : Wanted;

    /// <summary>One of the parts at least.</summary>
    internal sealed record Any(IReadOnlyList<Wanted> Parts) : Wanted;

    /// <summary>The one without the other.</summary>
    internal sealed record Except(Wanted What, Wanted Not) : Wanted;

    /// <summary>Whether a word of it may go on.</summary>
    public bool HasPrefix => this switch
    {
        Words words => words.Prefix,
        All all => all.Parts.Any(p => p.HasPrefix),
        Any any => any.Parts.Any(p => p.HasPrefix),
        Except except => except.What.HasPrefix || except.Not.HasPrefix,
        _ => false,
    };

    /// <summary>What a document must have in whole words to have this; null where that is nothing.</summary>
    public Wanted? WholeWords => this switch
    {
        _ when !HasPrefix => this,
        Except except => except.What.WholeWords,
        Words words => words.Tokens.Count > 1 ? new Words([.. words.Tokens.SkipLast(1)], false) : null,
        All all => all.Parts.Select(p => p.WholeWords).OfType<Wanted>().ToList() is { Count: > 0 } whole ? AllOf(whole) : null,
        _ => null,
    };

    public static Wanted Word(string token) => new Words([token], false);

    public static Wanted AllOf(params IReadOnlyList<Wanted> parts) => parts.Count == 1 ? parts[0] : new All(parts);

    public static Wanted AnyOf(params IReadOnlyList<Wanted> parts) => parts.Count == 1 ? parts[0] : new Any(parts);
}
