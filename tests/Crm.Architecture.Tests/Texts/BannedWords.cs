using System.Text.RegularExpressions;
using Crm.Architecture.Tests.Reading;

namespace Crm.Architecture.Tests.Texts;

/// <summary>Words that have no place in our code: folded-away regions, and writing to the console outside commands.</summary>
internal static class BannedWords
{
    private static readonly Regex _region = new(@"^[ \t]*#[ \t]*(?:end)?region\b", RegexOptions.Multiline | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(5));
    private static readonly Regex _console = new(@"(?<![\w.])(?:(?:global::)?System\s*\.\s*)?Console\s*\.\s*\w|\busing\s+static\s+System\.Console\b", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(5));

    // They are the programs that somebody runs in a terminal.
    private static readonly string[] _terminals = ["Crm.Host/Commands/", "src/Crm.Build/", "tests/Crm.Benchmarks/"];

    public static IEnumerable<string> CheckRegions(SourceFile file) =>
        _region.Matches(file.Code).Select(found => $"{file.At(found.Index)}: a region hides what a smaller file would show");

    public static IEnumerable<string> CheckConsole(SourceFile file) =>
        _terminals.Any(folder => file.Path.StartsWith(folder, StringComparison.Ordinal))
            ? []
            : _console.Matches(file.Code).Select(found => $"{file.At(found.Index)}: the console belongs to commands; log instead");
}
