using System.Text.RegularExpressions;
using Crm.Architecture.Tests.Reading;

namespace Crm.Architecture.Tests.Texts;

/// <summary>A method's body has 40 lines at most. Tables (what a field or property is set to) may be longer.</summary>
internal static class MethodLengths
{
    public const int MostLines = 40;

    private static readonly Regex _type = new(@"(?<![\w:,]\s*)\b(?:class|interface|enum|struct|record|namespace)\s+\w", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(5));
    private static readonly Regex _typeAfterModifier = new(@"\b(?:public|internal|private|protected|file|sealed|static|abstract|partial|readonly|ref)\s+(?:class|interface|enum|struct|record)\s+\w", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(5));

    public static IEnumerable<string> Check(SourceFile file)
    {
        var code = file.Code;
        var blocks = new Stack<(Block Kind, int Start)>();
        int header = 0, parentheses = 0;
        for (var i = 0; i < code.Length; i++)
        {
            parentheses += code[i] switch { '(' or '[' => 1, ')' or ']' => -1, _ => 0 };
            if (code[i] == '{')
            {
                blocks.Push((Kind(code[header..i], blocks.TryPeek(out var outer) ? outer.Kind : Block.Types, parentheses), i));
                header = i + 1;
            }
            else if (code[i] == '}' && blocks.TryPop(out var block))
            {
                header = i + 1;
                var lines = code.AsSpan(block.Start, i - block.Start).Count('\n') - 1;
                if (block.Kind == Block.Method && lines > MostLines) yield return $"{file.At(block.Start)}: a body of {lines} lines, {MostLines} at most";
            }
            else if (code[i] == ';' && parentheses == 0) header = i + 1;
        }
    }

    private static Block Kind(string header, Block outer, int parentheses) => outer switch
    {
        not Block.Types => Block.Inner,
        _ when _typeAfterModifier.IsMatch(header) || _type.IsMatch(header) => Block.Types,
        _ when parentheses > 0 || IsTable(header) => Block.Inner,
        _ => Block.Method,
    };

    // "name = new() {" at the level of the type; a default value in a parameter list stands in parentheses.
    private static bool IsTable(string header) =>
        Regex.IsMatch(Regex.Replace(header, @"\([^()]*\)", "", RegexOptions.None, TimeSpan.FromSeconds(5)), @"(?<![=!<>])=(?![=>])", RegexOptions.None, TimeSpan.FromSeconds(5));

    private enum Block
    {
        Types,
        Method,
        Inner,
    }
}
