using Crm.Architecture.Tests.Reading;

namespace Crm.Architecture.Tests.Projects;

public sealed class ReferenceTableTests
{
    [Fact]
    public void Every_project_references_only_what_its_row_allows() => SourceTree.Obeys(ProjectFile.All().SelectMany(ReferenceTable.Check));

    [Fact]
    public void References_that_a_folder_gives_to_all_its_modules_are_seen()
    {
        var notes = ProjectFile.Read(SourceTree.Root, "modules/Crm.Notes/Crm.Notes.csproj");
        Assert.Contains(notes.Links, link => link.Path == "src/Crm.Abstractions/Crm.Abstractions.csproj");
        Assert.Contains(notes.Packages, package => package == "Meziantou.Analyzer");
    }

    [Fact]
    public void Every_module_and_every_theme_is_in_the_host()
    {
        var all = ProjectFile.All();
        var host = all.Single(project => project.Name == "Crm.Host");
        Assert.Equal(
            all.Where(project => project.Room is "modules" or "themes").Select(project => project.Path).Order(StringComparer.Ordinal),
            host.Links.Where(link => link.Room is "modules" or "themes").Select(link => link.Path).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("src/Crm.Abstractions/Crm.Abstractions.csproj", "src/Crm.Ui/Crm.Ui.csproj")]
    [InlineData("src/Crm.Ui/Crm.Ui.csproj", "src/Crm.Kernel/Crm.Kernel.csproj")]
    [InlineData("src/Crm.Kernel/Crm.Kernel.csproj", "modules/Crm.Notes/Crm.Notes.csproj")]
    [InlineData("src/Crm.Kernel/Crm.Kernel.csproj", "tests/Crm.Testing/Crm.Testing.csproj")]
    [InlineData("src/Crm.Mail/Crm.Mail.csproj", "src/Crm.Abstractions/Crm.Abstractions.csproj")]
    [InlineData("src/Crm.Calendar/Crm.Calendar.csproj", "src/Crm.Mail/Crm.Mail.csproj")]
    [InlineData("src/Crm.Kernel/Crm.Kernel.csproj", "src/Crm.Calendar/Crm.Calendar.csproj")]
    [InlineData("src/Crm.Pdf/Crm.Pdf.csproj", "src/Crm.Abstractions/Crm.Abstractions.csproj")]
    [InlineData("src/Crm.Build/Crm.Build.csproj", "src/Crm.Abstractions/Crm.Abstractions.csproj")]
    [InlineData("modules/Crm.Notes/Crm.Notes.csproj", "src/Crm.Kernel/Crm.Kernel.csproj")]
    [InlineData("modules/Crm.Notes/Crm.Notes.csproj", "modules/Crm.Contacts/Crm.Contacts.csproj")]
    [InlineData("modules/Crm.Admin/Crm.Admin.csproj", "modules/Crm.Contacts/Crm.Contacts.csproj")]
    [InlineData("themes/Crm.Theme.Tabler/Crm.Theme.Tabler.csproj", "src/Crm.Kernel/Crm.Kernel.csproj")]
    [InlineData("themes/Crm.Theme.Tabler/Crm.Theme.Tabler.csproj", "modules/Crm.Notes/Crm.Notes.csproj")]
    [InlineData("Crm.Host/Crm.Host.csproj", "modules/Crm.Notes/Crm.Notes.csproj")]
    [InlineData("src/Crm.Common/Crm.Common.csproj", "src/Crm.Abstractions/Crm.Abstractions.csproj")]
    public void A_reference_outside_the_table_is_refused(string project, string target) =>
        Assert.NotEmpty(ReferenceTable.Check(new ProjectFile(project, [new ProjectLink(target, target)], [])));

    [Theory]
    [InlineData("src/Crm.Kernel/Crm.Kernel.csproj", "src/Crm.Mail/Crm.Mail.csproj", "src/Crm.Mail/Crm.Mail.csproj")]
    [InlineData("modules/Crm.Notes/Crm.Notes.csproj", "src/Crm.Calendar/Crm.Calendar.csproj", "src/Crm.Calendar/Crm.Calendar.csproj")]
    [InlineData("modules/Crm.Admin/Crm.Admin.csproj", "src/Crm.Kernel/Crm.Kernel.csproj", "src/Crm.Kernel/Crm.Kernel.csproj")]
    [InlineData("Crm.Host/Crm.Host.csproj", "modules/Crm.Notes/Crm.Notes.csproj", "../modules/*/*.csproj")]
    public void A_reference_of_the_table_passes(string project, string target, string written) =>
        Assert.Empty(ReferenceTable.Check(new ProjectFile(project, [new ProjectLink(target, written)], [])));

    [Theory]
    [InlineData("src/Crm.Abstractions/Crm.Abstractions.csproj", "Npgsql")]
    [InlineData("modules/Crm.Notes/Crm.Notes.csproj", "Microsoft.EntityFrameworkCore.Sqlite")]
    [InlineData("Crm.Host/Crm.Host.csproj", "SQLitePCLRaw.bundle_e_sqlite3")]
    public void Only_the_kernel_knows_a_database_provider(string project, string package)
    {
        Assert.NotEmpty(ReferenceTable.Check(new ProjectFile(project, [], [package])));
        Assert.Empty(ReferenceTable.Check(new ProjectFile("src/Crm.Kernel/Crm.Kernel.csproj", [], [package])));
    }
}
