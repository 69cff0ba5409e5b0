namespace Crm.Abstractions.Records;

/// <summary>A record whose own table has a unique rule that counts rows outside the bin only. The kernel keeps the column true in the save that bins or restores.</summary>
public interface IBinAware
{
    /// <summary>The spine's <see cref="Spine.DeletedAt"/>, in the record's own table.</summary>
    DateTimeOffset? BinnedAt { get; set; }
}
