using System.Text.RegularExpressions;
using Crm.Architecture.Tests.Reading;

namespace Crm.Architecture.Tests.Types;

/// <summary>A type declared in a file. Every type of ours has a modifier (the compiler insists), which tells it from other uses of the words.</summary>
internal sealed record DeclaredType(SourceFile File, int Index, string Modifiers, string Name, bool AtFileLevel)
{
    private static readonly Regex _pattern = new(
        """
        ^(?<indent>[ \t]*) (?:\[[^\r\n]*\][ \t]*)*
        (?<modifiers>(?:(?:public|internal|private|protected|file|sealed|static|abstract|partial|readonly|ref|new|unsafe)\s+)+)
        (?:(?:class|interface|enum|struct|record\s+class|record\s+struct|record)\s+(?<name>@?\w+)
          |delegate\s+[^;(=]*?(?<name>\w+)\s*(?:<[^>(]*>)?\s*\()
        """,
        RegexOptions.Multiline | RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant,
        TimeSpan.FromSeconds(5));

    public bool IsPublic => Modifiers.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Contains("public", StringComparer.Ordinal);

    /// <summary>Nested types are indented, since every namespace of ours is file-scoped (the compiler insists on that too).</summary>
    public static IEnumerable<DeclaredType> In(SourceFile file) =>
        _pattern.Matches(file.Code).Select(found => new DeclaredType(
            file, found.Groups["name"].Index, found.Groups["modifiers"].Value, found.Groups["name"].Value, found.Groups["indent"].Length == 0));

    public string At => File.At(Index);
}
