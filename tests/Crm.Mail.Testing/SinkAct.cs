namespace Crm.Mail.Testing;

/// <summary>What a script makes the server do instead of what it would do.</summary>
internal abstract record SinkAct
{
    public static SinkAct Hang { get; } = new Hanging();

    public static SinkAct Drop { get; } = new Dropping();

    public static SinkAct Say(string reply) => new Saying(reply);

    /// <summary>The answer and the end, as a server that shuts down.</summary>
    public static SinkAct SayAndDrop(string reply) => new Saying(reply) { ThenDrop = true };

    public static SinkAct Wait(TimeSpan time) => new Waiting(time);

    public sealed record Hanging : SinkAct;

    public sealed record Dropping : SinkAct;

    public sealed record Saying(string Reply) : SinkAct
    {
        public bool ThenDrop { get; init; }
    }

    public sealed record Waiting(TimeSpan Time) : SinkAct;
}
