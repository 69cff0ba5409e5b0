using System.Text;

namespace Crm.Kernel.Search;

/// <summary>Writes a condition as a query of SQLite's FTS5; every token is quoted.</summary>
internal static class Fts5Syntax
{
    public static string Write(Wanted wanted)
    {
        var query = new StringBuilder();
        Write(wanted, query);
        return query.ToString();
    }

    private static void Write(Wanted wanted, StringBuilder query)
    {
        switch (wanted)
        {
            case Wanted.Words words:
                // Tokens hold no quote: they are folded words, or labels made plain.
                query.Append('"').AppendJoin(' ', words.Tokens).Append('"').Append(words.Prefix ? " *" : "");
                break;
            case Wanted.All all:
                Join(all.Parts, " AND ", query);
                break;
            case Wanted.Any any:
                Join(any.Parts, " OR ", query);
                break;
            case Wanted.Except except:
                Join([except.What, except.Not], " NOT ", query);
                break;
        }
    }

    private static void Join(IReadOnlyList<Wanted> parts, string with, StringBuilder query)
    {
        query.Append('(');
        for (var i = 0; i < parts.Count; i++)
        {
            query.Append(i == 0 ? "" : with);
            Write(parts[i], query);
        }

        query.Append(')');
    }
}
