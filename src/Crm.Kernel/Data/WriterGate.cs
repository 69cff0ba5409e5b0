namespace Crm.Kernel.Data;

/// <summary>Lets one writer at a time into SQLite, in turn, so that nobody meets a locked database. On PostgreSQL it stands open.</summary>
internal sealed class WriterGate(DatabaseOptions options) : IDisposable
{
    private readonly SemaphoreSlim? _gate = options.IsSqlite ? new(1, 1) : null;

    public async Task<IDisposable> EnterAsync(CancellationToken ct)
    {
        if (_gate is null)
            return Pass.Open;
        await _gate.WaitAsync(ct);
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
