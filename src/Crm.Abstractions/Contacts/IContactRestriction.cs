using Crm.Abstractions.Records;

namespace Crm.Abstractions.Contacts;

/// <summary>The rule that certain customers are contacted by designated people only. Asked by whatever logs or plans a contact.</summary>
public interface IContactRestriction
{
    /// <summary>Lets pass whom the contact may be contacted by: everybody where nobody is designated.</summary>
    /// <param name="contact">The person or organisation to be contacted.</param>
    /// <param name="userId">Who is about to contact it.</param>
    /// <param name="ct">Ends the read.</param>
    /// <exception cref="RuleViolation">Others are designated; the message names them.</exception>
    Task CheckAsync(RecordRef contact, Guid userId, CancellationToken ct);
}
