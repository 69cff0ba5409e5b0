using System.Text.RegularExpressions;
using Crm.Architecture.Tests.Reading;

namespace Crm.Architecture.Tests.Texts;

/// <summary>What a broken rule says must be translatable: a sentence with its values beside it, never put together before the door.</summary>
internal static class RuleTexts
{
    private static readonly Regex _together = new(@"\bnew\s+Rule(?:Violation|Message)\s*\((?:[^;""$]|""[^""]*"")*\$@?""", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(5));

    public static IEnumerable<string> Check(SourceFile file) =>
        _together.Matches(file.Text).Select(found => $"{file.At(found.Index)}: a sentence put together can't be translated; give RuleViolation the sentence with {{0}} and the values");
}
