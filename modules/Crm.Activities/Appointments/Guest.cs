using Crm.Abstractions.Records;
using Crm.Calendar.Events;

namespace Crm.Activities.Appointments;

/// <summary>Somebody who was invited to an appointment by mail.</summary>
internal sealed class Guest : IRecordPart
{
    private Guest() => Email = "";

    public Guest(Guid recordId, string email, string? name, Guid? personId) =>
        (Id, RecordId, Email, Name, PersonId) = (Guid.CreateVersion7(), recordId, email, name, personId);

    public Guid Id { get; private set; }

    public Guid RecordId { get; private set; }

    /// <summary>The person, where he is known.</summary>
    public Guid? PersonId { get; private set; }

    public string Email { get; private set; }

    public string? Name { get; private set; }

    public Participation Answer { get; private set; }

    /// <summary>When the answer was written: of two the later counts.</summary>
    public DateTimeOffset? AnsweredAt { get; private set; }

    /// <summary>The version of the appointment to which an answer is waited for: one to an older version answers something else.</summary>
    public int AskedSequence { get; private set; }

    /// <summary>The same guest of another appointment, who has not answered there.</summary>
    public Guest For(Guid recordId) => new(recordId, Email, Name, PersonId) { AskedSequence = AskedSequence };

    public bool Has(string email) => string.Equals(Email, email.Trim(), StringComparison.OrdinalIgnoreCase);

    /// <summary>Takes an answer; false where a later one is known.</summary>
    public bool Take(Participation answer, DateTimeOffset at)
    {
        if (AnsweredAt >= at)
            return false;
        (Answer, AnsweredAt) = (answer, at);
        return true;
    }

    /// <summary>Waits for an answer to a version; the one before was given to something else.</summary>
    public void Ask(int sequence) => (Answer, AnsweredAt, AskedSequence) = (Participation.NeedsAction, null, sequence);
}
