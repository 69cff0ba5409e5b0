using Crm.Architecture.Tests.Reading;

namespace Crm.Architecture.Tests.Texts;

/// <summary>A file has 400 lines at most; most are far shorter.</summary>
internal static class Lengths
{
    public const int MostLines = 400;

    public static IEnumerable<string> Check(SourceFile file)
    {
        var lines = file.Text.TrimEnd().Count(sign => sign == '\n') + 1;
        return lines > MostLines ? [$"{file.Path}: {lines} lines, {MostLines} at most"] : [];
    }
}
