using Crm.Architecture.Tests.Reading;

namespace Crm.Architecture.Tests.Types;

/// <summary>A module shows its manifest and its start-up to the world, and nothing else. Razor needs no public page model.</summary>
internal static class ModuleSurface
{
    public static IEnumerable<string> Check(SourceFile file) =>
        file.Path.StartsWith("modules/", StringComparison.Ordinal) && !(IsAtTop(file) && file.Name is ("Manifest.cs" or "Startup.cs"))
            ? DeclaredType.In(file).Where(type => type.IsPublic && type.AtFileLevel)
                .Select(type => $"{type.At}: '{type.Name}' is public, but only Manifest.cs and Startup.cs of a module have public types")
            : [];

    private static bool IsAtTop(SourceFile file) => file.Path.Count(sign => sign == '/') == 2;
}
