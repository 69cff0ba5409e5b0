using Crm.Abstractions.Records;

namespace Crm.Contacts.Consents;

/// <summary>What a contact said about being contacted by a channel, where and when. The newest for a channel counts; the earlier ones are the proof.</summary>
internal sealed class Consent : IRecord
{
    public const string KindName = "consent";
    public const string Given = "given";
    public const string Refused = "refused";

    private Guid _recordId;

    private Consent() => Spine = null!;

    private Consent(Guid id)
    {
        Id = id;
        Spine = new Spine(id, KindName);
    }

    public Guid Id { get; private set; }

    public Spine Spine { get; private set; }

    /// <summary>Whose consent, and who decides who sees it.</summary>
    public Guid RecordId
    {
        get => _recordId;
        set => (_recordId, Spine.DecidedById) = (value, value == Guid.Empty ? null : value);
    }

    public string Channel { get; set; } = "";

    public string State { get; set; } = "";

    public string Source { get; set; } = "";

    public DateTimeOffset At { get; set; }

    public static Consent Of(Guid? contact, DateTimeOffset at)
    {
        var consent = new Consent(Guid.CreateVersion7()) { At = at };
        if (contact is { } id)
            consent.RecordId = id;
        return consent;
    }
}
