using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Crm.Kernel.Import;

/// <summary>What the worker is asked to do with an import.</summary>
internal enum ImportTask
{
    Check,

    Run,
}

/// <summary>How a job stands.</summary>
internal enum JobStage
{
    Waiting,

    Running,

    Done,

    Stopped,

    Failed,
}

/// <summary>A job of the import worker, of a draft.</summary>
internal sealed class ImportJob(Guid id, ImportTask task, Guid? userId) : IDisposable
{
    private const int MostBad = 20;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<BadRow> _bad = new();

    public Guid Id { get; } = id;

    public ImportTask Task { get; } = task;

    public Guid? UserId { get; } = userId;

    public JobStage Stage { get; set; }

    /// <summary>Rows, or records, that are done.</summary>
    public long Rows { get; set; }

    /// <summary>How much of the file is read, from 0 to 100.</summary>
    public int Percent { get; set; }

    /// <summary>Why it failed, in English.</summary>
    public string? Failure { get; set; }

    public ImportResult? Result { get; set; }

    /// <summary>The first rows that can't be imported.</summary>
    public IEnumerable<BadRow> Bad => _bad;

    public bool IsOver => Stage is JobStage.Done or JobStage.Stopped or JobStage.Failed;

    public CancellationToken Stopping => _stop.Token;

    public void Stop() => _stop.Cancel();

    public void Note(BadRow bad)
    {
        if (_bad.Count < MostBad)
            _bad.Enqueue(bad);
    }

    public void Dispose() => _stop.Dispose();
}

/// <summary>The jobs of the import worker: those that wait, the one that runs, and the last ones that are over.</summary>
internal sealed class ImportQueue
{
    private const int MostKept = 200;
    private readonly ConcurrentDictionary<Guid, ImportJob> _jobs = new();
    private readonly Channel<ImportJob> _waiting = Channel.CreateUnbounded<ImportJob>();

    public ImportJob? Find(Guid id) => _jobs.GetValueOrDefault(id);

    /// <summary>False where this import waits or runs already.</summary>
    public bool Add(ImportJob job)
    {
        if (Find(job.Id) is { IsOver: false })
            return false;
        foreach (var old in _jobs.Values.Where(j => j.IsOver).OrderByDescending(j => j.Id).Skip(MostKept))
            _jobs.TryRemove(old.Id, out _);
        _jobs[job.Id] = job;
        return _waiting.Writer.TryWrite(job);
    }

    public IAsyncEnumerable<ImportJob> TakeAsync(CancellationToken ct) => _waiting.Reader.ReadAllAsync(ct);
}
