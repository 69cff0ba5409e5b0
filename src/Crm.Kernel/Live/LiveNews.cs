namespace Crm.Kernel.Live;

/// <summary>What a scope has to tell open pages once its unit is committed.</summary>
internal sealed class LiveNews
{
    /// <summary>Users who have new notices.</summary>
    public HashSet<Guid> Users { get; } = [];

    /// <summary>What is told, and forgotten here.</summary>
    public LiveBatch Take(Guid? by, IEnumerable<Guid> records)
    {
        var batch = new LiveBatch(by, [.. Users], [.. records.Take(LiveBatch.MostRecords)]);
        Users.Clear();
        return batch;
    }
}

/// <summary>What pages are told together.</summary>
/// <param name="By">Who changed the records; his own pages know.</param>
/// <param name="Users">Those who have new notices.</param>
/// <param name="Records">Records that were changed.</param>
internal sealed record LiveBatch(Guid? By, IReadOnlyList<Guid> Users, IReadOnlyList<Guid> Records)
{
    /// <summary>A bulk act changes more; nobody looks at so many. Also what fits into one message between nodes.</summary>
    public const int MostRecords = 100;

    public bool IsEmpty => Users.Count == 0 && Records.Count == 0;
}
