namespace Crm.Kernel.Data;

/// <summary>Lets one writer at a time into SQLite, in turn, so that nobody meets a locked database. On PostgreSQL it stands open.</summary>
internal sealed class WriterGate(DatabaseOptions options, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan _lately = TimeSpan.FromSeconds(10);
    private readonly SemaphoreSlim? _gate = options.IsSqlite ? new(1, 1) : null;
    private long _waitedAt = long.MinValue;

    /// <summary>True where a writer found it closed in the last ten seconds: who writes much should take less at a time.</summary>
    public bool IsWanted => Interlocked.Read(ref _waitedAt) is var at and not long.MinValue && clock.GetElapsedTime(at) < _lately;

    public async Task<IDisposable> EnterAsync(CancellationToken ct)
    {
        if (_gate is null)
            return Pass.Open;
        if (!_gate.Wait(0, ct))
        {
            Interlocked.Exchange(ref _waitedAt, clock.GetTimestamp());
            await _gate.WaitAsync(ct);
        }

        return new Pass(_gate);
    }

    public void Dispose() => _gate?.Dispose();

    private sealed class Pass(SemaphoreSlim? gate) : IDisposable
    {
        private SemaphoreSlim? _gate = gate;

        public static Pass Open { get; } = new(null);

        public void Dispose() => Interlocked.Exchange(ref _gate, null)?.Release();
    }
}
