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

    public static Wanted Word(string token) => new Words([token], false);

    public static Wanted AllOf(params IReadOnlyList<Wanted> parts) => parts.Count == 1 ? parts[0] : new All(parts);

    public static Wanted AnyOf(params IReadOnlyList<Wanted> parts) => parts.Count == 1 ? parts[0] : new Any(parts);
}
