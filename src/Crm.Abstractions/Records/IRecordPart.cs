namespace Crm.Abstractions.Records;

/// <summary>A row that belongs to one record and is nothing without it, as a phone is: its changes are the record's.</summary>
public interface IRecordPart
{
    /// <summary>The record that it belongs to.</summary>
    Guid RecordId { get; }
}
