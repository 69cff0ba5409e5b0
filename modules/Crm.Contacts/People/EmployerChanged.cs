namespace Crm.Contacts.People;

/// <summary>A person's employer is another one, or none, than before.</summary>
internal sealed record EmployerChanged(Guid PersonId, Guid? Before, Guid? After);
