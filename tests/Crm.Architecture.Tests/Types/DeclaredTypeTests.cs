using Crm.Architecture.Tests.Reading;

namespace Crm.Architecture.Tests.Types;

public sealed class DeclaredTypeTests
{
    [Theory]
    [InlineData("public sealed class Ticket(int id) : Record;", "Ticket")]
    [InlineData("internal readonly record struct Money(long Units);", "Money")]
    [InlineData("internal abstract partial class Door<T> where T : class", "Door")]
    [InlineData("[Obsolete(\"x\")] public enum Stage { Open }", "Stage")]
    [InlineData("public delegate Task<int> Ask<T>(T question);", "Ask")]
    [InlineData("    private sealed record Row(int Id);", "Row")]
    public void A_declared_type_is_found(string text, string name) =>
        Assert.Equal(name, Assert.Single(DeclaredType.In(new SourceFile("a.cs", text))).Name);

    [Theory]
    [InlineData("// public class Ticket")]
    [InlineData("var text = \"public class Ticket\";")]
    [InlineData("foreach (var record in records) record.Save();")]
    public void What_only_looks_like_one_is_not(string text) => Assert.Empty(DeclaredType.In(new SourceFile("a.cs", text)));
}
