using Crm.Architecture.Tests.Reading;

namespace Crm.Architecture.Tests.Texts;

public sealed class RuleTextsTests
{
    [Fact]
    public void What_broken_rules_say_can_be_translated() =>
        SourceTree.Obeys(SourceTree.CSharp.Where(f => !f.Path.StartsWith("tests/", StringComparison.Ordinal)).SelectMany(RuleTexts.Check));

    [Theory]
    [InlineData("throw new RuleViolation(\"file\", $\"Larger than {max} MB.\");")]
    [InlineData("throw new RuleViolation(name, $\"Choose one of: {all}.\");")]
    [InlineData("new RuleMessage($\"At most {n}.\")")]
    public void A_sentence_put_together_is_named(string text) => Assert.Single(RuleTexts.Check(new SourceFile("a.cs", text)));

    [Theory]
    [InlineData("throw new RuleViolation(\"file\", \"Larger than {0} MB.\", max);")]
    [InlineData("throw new RuleViolation(\"\", \"Empty.\"); var x = $\"{y}\";")]
    public void A_sentence_with_its_values_beside_it_passes(string text) => Assert.Empty(RuleTexts.Check(new SourceFile("a.cs", text)));
}
