namespace Crm.Abstractions.Records;

/// <summary>Rows that a module keeps beside a record and its parts, as handlers of its facts write them. Asked where many records are written past the units of work, as <c>crm generate</c> does.</summary>
public interface IDerivedRows
{
    /// <summary>The rows that follow from a record as it is now; none where it isn't the module's.</summary>
    /// <param name="record">A record with its spine.</param>
    IEnumerable<object> Of(IRecord record);
}
