namespace Crm.Activities.Interactions;

/// <summary>That a record was contacted, once for each that an interaction concerns: what last contact and cadence are read from.</summary>
internal sealed class Touch
{
    public Guid RecordId { get; init; }

    public Guid InteractionId { get; init; }

    public DateTimeOffset At { get; set; }

    public string Channel { get; set; } = "";
}
