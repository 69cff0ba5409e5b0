using System.Text;
using Crm.Abstractions.Records;
using Crm.Kernel.Records;

namespace Crm.Kernel.Filters;

/// <summary>What a piece of a filter is.</summary>
internal enum FilterTokenKind
{
    Word,
    Text,
    Open,
    Close,
    Comma,
    End,
}

/// <summary>A piece of a filter and where it stands, from 1.</summary>
internal sealed record FilterToken(FilterTokenKind Kind, string Text, int Position)
{
    public bool Is(string word) => Kind == FilterTokenKind.Word && string.Equals(Text, word, StringComparison.OrdinalIgnoreCase);
}

/// <summary>Cuts a filter into words, quoted texts (a backslash takes the next sign as it is), brackets and commas.</summary>
internal static class FilterTokenizer
{
    public const int MaxLength = 8_000;

    public static IReadOnlyList<FilterToken> Read(string text)
    {
        if (text.Length > MaxLength)
            throw new BadFilter($"The filter is longer than {MaxLength} characters", MaxLength + 1);
        if (PlainText.FindUnsound(text) is { } unsound)
            throw new BadFilter("The filter holds a sign that is no text", unsound + 1);
        var tokens = new List<FilterToken>();
        for (var at = 0; at < text.Length;)
        {
            if (char.IsWhiteSpace(text[at]))
                at++;
            else
                tokens.Add(Next(text, ref at));
        }

        tokens.Add(new(FilterTokenKind.End, "", text.Length + 1));
        return tokens;
    }

    private static FilterToken Next(string text, ref int at)
    {
        var start = at;
        switch (text[at])
        {
            case '(':
                return new(FilterTokenKind.Open, "(", ++at);
            case ')':
                return new(FilterTokenKind.Close, ")", ++at);
            case ',':
                return new(FilterTokenKind.Comma, ",", ++at);
            case '"':
                return new(FilterTokenKind.Text, Quoted(text, ref at), start + 1);
        }

        while (at < text.Length && !char.IsWhiteSpace(text[at]) && text[at] is not ('(' or ')' or ',' or '"'))
            at++;
        return new(FilterTokenKind.Word, text[start..at], start + 1);
    }

    private static string Quoted(string text, ref int at)
    {
        var start = at++;
        var value = new StringBuilder();
        for (; at < text.Length; at++)
        {
            if (text[at] == '"')
            {
                at++;
                return value.ToString();
            }

            if (text[at] == '\\' && at + 1 < text.Length)
                at++;
            value.Append(text[at]);
        }

        throw new BadFilter("The quotation mark is not closed", start + 1);
    }
}
