namespace Crm.Abstractions.Events;

/// <summary>A record whose own methods note what happened, so that the fact is raised whichever door wrote the record.</summary>
public interface IFactSource
{
    /// <summary>Hands over the facts noted since the last time. The save that writes the record raises them.</summary>
    IReadOnlyList<object> TakeFacts();
}
