using Crm.Architecture.Tests.Reading;

namespace Crm.Architecture.Tests.Texts;

public sealed class MethodLengthsTests
{
    [Fact]
    public void No_method_is_longer_than_40_lines() => SourceTree.Obeys(SourceTree.CSharp.SelectMany(MethodLengths.Check));

    [Theory]
    [InlineData("    public async Task<int> RunAsync(int count = 3, CancellationToken ct = default)")]
    [InlineData("    private static T Pick<T>(IEnumerable<T> all) where T : class")]
    [InlineData("    internal Ticket(Guid id) : base(id)")]
    [InlineData("    public int Count\n")]
    public void A_longer_method_is_refused(string header)
    {
        Assert.Empty(MethodLengths.Check(new SourceFile("a.cs", Sample(header, 40))));
        Assert.Single(MethodLengths.Check(new SourceFile("a.cs", Sample(header, 41))));
    }

    [Theory]
    [InlineData("    private static readonly Dictionary<string, int> _table = new(StringComparer.Ordinal)")]
    [InlineData("    private sealed record Nested(int Id)")]
    public void A_table_or_a_nested_type_may_be_longer(string header) =>
        Assert.Empty(MethodLengths.Check(new SourceFile("a.cs", Sample(header, 100))));

    private static string Sample(string header, int lines) =>
        $"namespace A;\n\ninternal sealed class B<T>(int x) : C\n    where T : class\n{{\n    private int _x = 1;\n\n{header}\n    {{\n{string.Concat(Enumerable.Repeat("        _x++;\n", lines))}    }}\n}}\n";
}
