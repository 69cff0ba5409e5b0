using System.Text;

namespace Crm.Kernel.Import;

/// <summary>Several names in one cell, with a semicolon between; a name that has one itself stands in quotes.</summary>
internal static class SeveralText
{
    public static string Write(IEnumerable<string> names) => string.Join("; ", names.Where(n => n.Length > 0)
        .Select(n => n.Contains(';', StringComparison.Ordinal) || n[0] == '"' ? $"\"{n.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : n));

    public static IReadOnlyList<string> Read(string text)
    {
        var (names, name, isQuoted) = (new List<string>(), new StringBuilder(), false);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '"' && isQuoted && i + 1 < text.Length && text[i + 1] == '"')
                name.Append(text[i++]);
            else if (c == '"' && (isQuoted || name.ToString().Trim().Length == 0))
                isQuoted = !isQuoted;
            else if ((c is ';' or '\n') && !isQuoted)
                Take();
            else
                name.Append(c);
        }

        Take();
        return names;

        void Take()
        {
            if (name.ToString().Trim() is { Length: > 0 } found && !names.Contains(found, StringComparer.Ordinal))
                names.Add(found);
            name.Clear();
        }
    }
}
