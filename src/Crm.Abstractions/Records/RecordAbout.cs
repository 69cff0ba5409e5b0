namespace Crm.Abstractions.Records;

/// <summary>A further record that a record concerns, as a visit concerns everybody who was there: who sees that one sees this, too.</summary>
public sealed class RecordAbout : IRecordPart
{
    private RecordAbout() => Role = "";

    /// <summary>Says that a record concerns another.</summary>
    /// <param name="recordId">The record.</param>
    /// <param name="aboutId">The record that it concerns.</param>
    /// <param name="role">As what, a word of the record's type, such as <c>with</c>.</param>
    public RecordAbout(Guid recordId, Guid aboutId, string role) => (RecordId, AboutId, Role) = (recordId, aboutId, role);

    /// <summary>The record.</summary>
    public Guid RecordId { get; private set; }

    /// <summary>The record that it concerns.</summary>
    public Guid AboutId { get; private set; }

    /// <summary>As what it concerns it, a word of the record's type.</summary>
    public string Role { get; private set; }
}
