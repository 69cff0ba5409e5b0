using Crm.Architecture.Tests.Reading;

namespace Crm.Architecture.Tests.Types;

public sealed class ModuleSurfaceTests
{
    [Fact]
    public void A_modules_public_types_are_its_manifest_and_its_startup() => SourceTree.Obeys(SourceTree.CSharp.SelectMany(ModuleSurface.Check));

    [Theory]
    [InlineData("modules/Crm.Notes/Notes/Note.cs", "public sealed class Note;")]
    [InlineData("modules/Crm.Notes/Notes/Details.cshtml.cs", "public sealed class DetailsModel : PageModel;")]
    [InlineData("modules/Crm.Notes/Notes/Startup.cs", "public sealed class Startup;")]
    [InlineData("modules/Crm.Notes/NotePermissions.cs", "public static class NotePermissions;")]
    public void Another_public_type_is_refused(string path, string text) => Assert.Single(ModuleSurface.Check(new SourceFile(path, text)));

    [Theory]
    [InlineData("modules/Crm.Notes/Startup.cs", "public sealed class Startup : StartupBase;")]
    [InlineData("modules/Crm.Notes/Manifest.cs", "public static class Manifest;")]
    [InlineData("modules/Crm.Notes/Notes/Note.cs", "internal sealed class Note\n{\n    public sealed record Line(int Number);\n}\n")]
    [InlineData("src/Crm.Abstractions/Records/RecordRef.cs", "public readonly record struct RecordRef;")]
    public void What_may_be_public_passes(string path, string text) => Assert.Empty(ModuleSurface.Check(new SourceFile(path, text)));
}
