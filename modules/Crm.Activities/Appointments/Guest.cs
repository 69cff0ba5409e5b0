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

    public bool Has(string email) => string.Equals(Email, email.Trim(), StringComparison.OrdinalIgnoreCase);

    /// <summary>Takes an answer; false where a later one is known.</summary>
    public bool Take(Participation answer, DateTimeOffset at)
    {
        if (AnsweredAt >= at)
            return false;
        (Answer, AnsweredAt) = (answer, at);
        return true;
    }

    /// <summary>Forgets the answer, since it was given to something else.</summary>
    public void Ask() => (Answer, AnsweredAt) = (Participation.NeedsAction, null);
}
