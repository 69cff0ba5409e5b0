using System.Text;

namespace Crm.Kernel.Search;

/// <summary>Writes a condition as a query of PostgreSQL's full text; every token is quoted.</summary>
internal static class TsQuerySyntax
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
                query.Append('(').AppendJoin(" <-> ", words.Tokens.Select(t => $"'{t}'"));
                query.Append(words.Prefix ? ":*)" : ")");
                break;
            case Wanted.All all:
                Join(all.Parts, " & ", query);
                break;
            case Wanted.Any any:
                Join(any.Parts, " | ", query);
                break;
            case Wanted.Except except:
                Join([except.What, except.Not], " & !", query);
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
