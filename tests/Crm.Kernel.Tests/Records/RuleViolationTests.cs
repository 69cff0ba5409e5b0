using System.Globalization;
using Crm.Abstractions.Records;
using Microsoft.Extensions.Localization;

namespace Crm.Kernel.Tests.Records;

public sealed class RuleViolationTests
{
    [Fact]
    public void A_door_says_a_broken_rule_in_the_readers_language_with_its_values()
    {
        var broken = new RuleViolation("file", "The file is larger than {0} MB.", 100);
        Assert.Equal("The file is larger than 100 MB.", broken.Errors["file"][0]);
        Assert.Equal("The file is larger than 100 MB.", broken.Message);
        Assert.Equal([("file", "Datne ir lielāka par 100 MB.")], broken.Said(new Latvian()));
    }

    [Fact]
    public void Braces_in_a_sentence_without_values_stay_as_they_are() =>
        Assert.Equal("Write {0} or {name}.", new RuleViolation("", "Write {0} or {name}.").Message);

    /// <summary>A dictionary of one sentence.</summary>
    private sealed class Latvian : IStringLocalizer
    {
        public LocalizedString this[string name] => new(name, Of(name));

        public LocalizedString this[string name, params object[] arguments] => new(name, string.Format(CultureInfo.InvariantCulture, Of(name), arguments));

        public IEnumerable<LocalizedString> GetAllStrings(bool includeParentCultures) => [];

        private static string Of(string name) => name == "The file is larger than {0} MB." ? "Datne ir lielāka par {0} MB." : name;
    }
}
