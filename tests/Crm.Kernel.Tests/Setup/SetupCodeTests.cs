using Crm.Kernel.Setup;

namespace Crm.Kernel.Tests.Setup;

public sealed class SetupCodeTests
{
    [Fact]
    public void Case_and_hyphen_do_not_matter()
    {
        var code = new SetupCode(TimeProvider.System);
        Assert.True(code.Check(code.Text.Replace("-", "", StringComparison.Ordinal).ToLowerInvariant()));
    }

    [Fact]
    public void Five_wrong_codes_close_the_door_for_a_minute_even_to_the_right_one()
    {
        var clock = new HeldClock();
        var code = new SetupCode(clock);
        for (var i = 0; i < 5; i++)
            Assert.False(code.Check("XXXX-0000"));
        Assert.Null(code.Check(code.Text));
        clock.Now += TimeSpan.FromSeconds(61);
        Assert.True(code.Check(code.Text));
    }

    private sealed class HeldClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
