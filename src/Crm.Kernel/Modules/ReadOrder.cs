namespace Crm.Kernel.Modules;

/// <summary>Keeps a snapshot from going back in time where it is read twice at once: what was begun later was read later, and stays. Whoever saves begins his read afterwards.</summary>
internal sealed class ReadOrder
{
    private readonly Lock _lock = new();
    private long _begun;
    private long _kept;

    /// <summary>Numbers a read; asked before it.</summary>
    public long Begin() => Interlocked.Increment(ref _begun);

    /// <summary>Takes what was read, where nothing of later is kept already.</summary>
    public void Keep(long read, Action take)
    {
        lock (_lock)
        {
            if (read < _kept)
                return;
            _kept = read;
            take();
        }
    }
}
