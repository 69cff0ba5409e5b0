using Crm.Abstractions.Records;

namespace Crm.Contacts.Contacts;

/// <summary>A colleague who may contact a contact that not everybody may.</summary>
internal sealed class DesignatedPerson : IRecordPart
{
    private DesignatedPerson()
    {
    }

    public DesignatedPerson(Guid recordId, Guid userId) => (RecordId, UserId) = (recordId, userId);

    public Guid RecordId { get; private set; }

    public Guid UserId { get; private set; }
}
