namespace Crm.Abstractions.Records;

/// <summary>A record with a row in the spine. Both are made together in the constructor.</summary>
public interface IRecord
{
    /// <summary>The record's id (UUID version 7), the same as its spine's.</summary>
    Guid Id { get; }

    /// <summary>The record's row in the spine.</summary>
    Spine Spine { get; }
}

/// <summary>A pointer to any record of any module.</summary>
/// <param name="Id">The record's id.</param>
public readonly record struct RecordRef(Guid Id)
{
    /// <summary>A pointer to this record.</summary>
    /// <param name="record">The record.</param>
    public static RecordRef To(IRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return new(record.Id);
    }
}
