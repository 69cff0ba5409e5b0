using Crm.Abstractions.Records;

namespace Crm.Kernel.Tests.Records;

/// <summary>What a description refuses while it is written.</summary>
public sealed class DescriptionTests
{
    [Theory]
    [InlineData("all")]
    [InlineData("late")]
    public void A_view_by_a_name_that_the_list_has_already_is_refused(string name)
    {
        var it = new RecordDescription<Thing>().Viewed("late", "Late", "", "title");
        Assert.Contains($"'{name}'", Assert.Throws<InvalidOperationException>(() => it.Viewed(name, "Again", "", "title")).Message, StringComparison.Ordinal);
    }

    private sealed class Thing : IRecord
    {
        public Guid Id { get; } = Guid.CreateVersion7();

        public Spine Spine => new(Id, "thing");
    }
}
