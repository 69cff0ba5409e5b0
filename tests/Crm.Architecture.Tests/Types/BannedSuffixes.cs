using Crm.Architecture.Tests.Reading;

namespace Crm.Architecture.Tests.Types;

/// <summary>Names that say nothing: a type is called after what it is or does.</summary>
internal static class BannedSuffixes
{
    private static readonly string[] _banned =
        ["Helper", "Util", "Utils", "Manager", "Service", "Base", "Info", "Data", "Impl", "Dto", "ViewModel", "Repository", "Factory", "Wrapper"];

    // Orchard Core's own word, and words of the domain: an account manager is a person, a record manager one of several on a record.
    private static readonly string[] _allowed = ["StartupBase", "AccountManager", "RecordManager", "AddAccountManager", "RemoveAccountManager"];

    public static IEnumerable<string> Check(SourceFile file) =>
        from type in DeclaredType.In(file)
        where !_allowed.Contains(type.Name, StringComparer.Ordinal)
        let suffix = _banned.FirstOrDefault(suffix => type.Name.EndsWith(suffix, StringComparison.OrdinalIgnoreCase) && IsWord(type.Name, suffix))
        where suffix is not null
        select $"{type.At}: '{type.Name}' ends in '{suffix}', which says nothing";

    // "Database" does not end in the word "Base", nor "Metadata" in "Data".
    private static bool IsWord(string name, string suffix) => char.IsUpper(name[^suffix.Length]) || name.Length == suffix.Length;
}
