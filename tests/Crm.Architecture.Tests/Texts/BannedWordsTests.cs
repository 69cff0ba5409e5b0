using Crm.Architecture.Tests.Reading;

namespace Crm.Architecture.Tests.Texts;

public sealed class BannedWordsTests
{
    [Fact]
    public void There_are_no_regions() => SourceTree.Obeys(SourceTree.CSharp.SelectMany(BannedWords.CheckRegions));

    [Fact]
    public void Only_commands_write_to_the_console() => SourceTree.Obeys(SourceTree.CSharp.SelectMany(BannedWords.CheckConsole));

    [Theory]
    [InlineData("#region Fields\nint x;\n")]
    [InlineData("    # region Fields\n")]
    [InlineData("int x;\n#endregion\n")]
    public void A_region_is_refused(string text) => Assert.Single(BannedWords.CheckRegions(new SourceFile("a.cs", text)));

    [Theory]
    [InlineData("src/Crm.Kernel/A.cs", "Console.WriteLine(1);")]
    [InlineData("src/Crm.Kernel/A.cs", "System.Console.Error.WriteLine(1);")]
    [InlineData("src/Crm.Kernel/A.cs", "using static System.Console;")]
    [InlineData("src/Crm.Kernel/A.cs", "var text = $\"{Console.ReadLine()}\";")]
    [InlineData("Crm.Host/Program.cs", "Console.WriteLine(1);")]
    [InlineData("tests/Crm.Kernel.Tests/A.cs", "Console.WriteLine(1);")]
    public void The_console_outside_commands_is_refused(string path, string text) => Assert.Single(BannedWords.CheckConsole(new SourceFile(path, text)));

    [Theory]
    [InlineData("Crm.Host/Commands/Serve.cs", "Console.WriteLine(1);")]
    [InlineData("tests/Crm.Benchmarks/Program.cs", "Console.WriteLine(1);")]
    [InlineData("src/Crm.Kernel/A.cs", "// Console.WriteLine(1);")]
    [InlineData("src/Crm.Kernel/A.cs", "logging.AddConsole();")]
    public void Commands_and_comments_pass(string path, string text) => Assert.Empty(BannedWords.CheckConsole(new SourceFile(path, text)));
}
