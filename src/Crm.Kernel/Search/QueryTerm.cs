namespace Crm.Kernel.Search;

/// <summary>One word or phrase of a query.</summary>
/// <param name="Tokens">Its tokens in a row.</param>
/// <param name="Prefix">Whether the user may still be typing its last word.</param>
internal sealed record QueryTerm(IReadOnlyList<Token> Tokens, bool Prefix)
{
    /// <summary>
    /// Whether it ends with one sign of a longer row, which in the index may have another sign beside it: "第1章" is
    /// also found in "第1章节".
    /// </summary>
    public bool EndsWithSign => Tokens.Count > 1 && Tokens[^1].Signs == 1;

    public Wanted Plain(string mark = "", bool typing = false) =>
        new Wanted.Words([.. Tokens.Select(t => mark + t.Text)], EndsWithSign || (typing && Prefix));

    /// <summary>Every word marked as strong, and the words in a row somewhere.</summary>
    public Wanted Strong()
    {
        var tokens = EndsWithSign ? Tokens.Take(Tokens.Count - 1) : Tokens;
        var strong = tokens.Select(t => Wanted.Word(Marks.StrongWord + t.Text));
        return Tokens.Count == 1 ? Wanted.AllOf([.. strong]) : Wanted.AllOf([.. strong, Plain()]);
    }
}
