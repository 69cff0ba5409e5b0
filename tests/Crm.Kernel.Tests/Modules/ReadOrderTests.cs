using Crm.Kernel.Modules;

namespace Crm.Kernel.Tests.Modules;

/// <summary>Of two reads of a snapshot at once, the one that began later stays.</summary>
public sealed class ReadOrderTests
{
    [Fact]
    public void An_older_read_that_ends_last_is_not_kept()
    {
        var (order, now) = (new ReadOrder(), "at start");
        var (slow, fast) = (order.Begin(), order.Begin());
        order.Keep(fast, () => now = "as saved");
        order.Keep(slow, () => now = "as it was before");
        Assert.Equal("as saved", now);
        order.Keep(order.Begin(), () => now = "later");
        Assert.Equal("later", now);
    }
}
