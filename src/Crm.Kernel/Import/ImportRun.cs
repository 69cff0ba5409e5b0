using System.Diagnostics;
using Crm.Abstractions.Records;
using Crm.Kernel.Audit;
using Crm.Kernel.Data;
using Crm.Kernel.Hosting;
using Crm.Kernel.Security;
using Crm.Kernel.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Import;

/// <summary>What an import is told beside its plan.</summary>
/// <param name="AfterLine">Lines up to this one are passed over: the import goes on where it was stopped.</param>
internal sealed record ImportOptions(string FileName, Guid? Owner = null, bool IsDry = false, Guid? ResumeId = null, long AfterLine = 0)
{
    /// <summary>Told the import's id before its first row.</summary>
    public Func<Guid, Task>? Began { get; init; }
}

/// <summary>How an import ended.</summary>
internal sealed record ImportResult(Guid? Id, long Created, long Updated, long Unchanged, long Failed)
{
    public long Total => Created + Updated + Unchanged + Failed;

    public override string ToString() => $"imported {Total}: {Created} created, {Updated} updated, {Unchanged} unchanged, {Failed} failed";
}

/// <summary>Brings a planned file in, chunk by chunk. A bad row never stops the rest; a stopped import keeps what is in and can go on.</summary>
internal sealed class ImportRun(IServiceScopeFactory scopes, Actor actor, WriterGate gate, FaultPoints faults, TimeProvider clock)
{
    private const int MostEarly = 50_000;

    // Others who save wait for a chunk: it is made so small that they don't notice.
    private static readonly TimeSpan _hold = TimeSpan.FromMilliseconds(50);
    private readonly ImportPace _pace = new(gate, _hold);

    /// <param name="bad">Told of each row that can't be imported.</param>
    /// <param name="progress">Told now and then how many rows are done.</param>
    public async Task<ImportResult> RunAsync(
        ImportPlan plan, Stream file, ImportOptions options, Func<BadRow, Task> bad, Func<long, Task> progress, CancellationToken ct)
    {
        var chunk = ImportChunk.Of(plan.Type);
        chunk.Check(plan);
        var import = await BeginAsync(plan, options, ct);
        var state = new ImportState(plan, import.Id, await UsersAsync(ct), options.Owner, options.IsDry) { Act = await ActAsync(import, ct) };
        var round = new Round(chunk, state, bad);
        var before = new ImportResult(import.Id, import.Created, import.Updated, import.Unchanged, import.Failed);
        state.LastLine = options.AfterLine;
        var there = await ThereAsync(options, ct);
        if (!options.IsDry && options.Began is { } began)
            await began(import.Id);
        try
        {
            await foreach (var rows in ChunksAsync(plan, file, r => r.Line <= options.AfterLine || there.Contains(r.Line), ct))
            {
                await TakeAsync(round, rows, ct);
                if (!options.IsDry)
                    faults.Pass("import.between-chunks");
                state.LastLine = round.Early.Count > 0 ? round.Early.Min(r => r.Line) - 1 : rows[^1].Line;
                await StoreAsync(state, before, ImportProgress.Running, ct);
                await progress(state.Total);
            }

            await LateAsync(round, ct);
            await StoreAsync(state, before, ImportProgress.Done, CancellationToken.None);
        }
        catch
        {
            await StoreAsync(state, before, ImportProgress.Stopped, CancellationToken.None);
            throw;
        }

        return new ImportResult(options.IsDry ? null : import.Id, state.Created, state.Updated, state.Unchanged, state.Failed);
    }

    // Rows that point to later rows of the same file come when those are in.
    private async Task LateAsync(Round round, CancellationToken ct)
    {
        while (round.Early.Count > 0)
        {
            var rows = round.Early.ToList();
            round.Early.Clear();
            foreach (var part in rows.Chunk(_pace.Rows))
                await TakeAsync(round, part, ct);
            round.State.IsLast = round.Early.Count == rows.Count;
        }
    }

    private async Task TakeAsync(Round round, IReadOnlyList<CsvRow> rows, CancellationToken ct)
    {
        var refused = new Dictionary<CsvRow, BadRow>();
        while (true)
        {
            try
            {
                var started = Stopwatch.GetTimestamp();
                var outcome = await InScopeAsync(s => round.Chunk.RunAsync(s, round.State, rows, refused, ct), round.State);
                _pace.Took(rows.Count, Stopwatch.GetElapsedTime(started));
                await round.CountAsync(outcome, MostEarly);
                return;
            }
            catch (ChunkSpoiled)
            {
                // Without the row that spoiled it.
            }
            catch (Exception failure) when (RowFailure.Of(failure) is { } reason)
            {
                if (rows.Count == 1)
                {
                    await round.CountAsync(new ChunkOutcome { Bad = { new BadRow(rows[0], "", reason) } }, MostEarly);
                    return;
                }

                foreach (var row in rows)
                    await TakeAsync(round, [row], ct);
                return;
            }
        }
    }

    private async Task<T> InScopeAsync<T>(Func<IServiceProvider, Task<T>> work, ImportState state)
    {
        await using var scope = scopes.CreateAsyncScope();
        var own = scope.ServiceProvider.GetRequiredService<Actor>();
        (own.UserId, own.IsSystem, own.Leaves, own.Door) = (actor.UserId, actor.IsSystem, actor.Leaves, "import");
        (own.What, own.Act) = ($"Imported {state.Plan.Type.PluralLabel.ToLowerInvariant()}", state.Act);
        var result = await work(scope.ServiceProvider);
        var tracked = scope.ServiceProvider.GetRequiredService<KernelDb>().ChangeTracker;
        // What the chunk changed is saved: nothing need be looked for.
        tracked.AutoDetectChangesEnabled = false;
        state.Act.IsWritten |= tracked.Entries<AuditAct>().Any();
        return result;
    }

    private async IAsyncEnumerable<IReadOnlyList<CsvRow>> ChunksAsync(
        ImportPlan plan, Stream file, Func<CsvRow, bool> isDone, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        var skipped = new byte[plan.Format.Preamble];
        await file.ReadExactlyAsync(skipped, ct);
        using var reader = new StreamReader(file, plan.Format.Encoding, detectEncodingFromByteOrderMarks: false, 1 << 16, leaveOpen: true);
        var text = new CsvText(reader, plan.Format.Delimiter);
        var heading = await text.NextAsync(ct);
        if (heading is not null && PlanImport.IsSeparatorLine(heading))
            await text.NextAsync(ct);
        var rows = new List<CsvRow>();
        var size = 0L;
        while (await text.NextAsync(ct) is { } row)
        {
            if (isDone(row))
                continue;
            rows.Add(row);
            size += row.Cells.Sum(c => c.Length);
            if (rows.Count < _pace.Rows && size < 1 << 20)
                continue;
            yield return rows;
            (rows, size) = ([], 0);
        }

        if (rows.Count > 0)
            yield return rows;
    }

    private async Task<Import> BeginAsync(ImportPlan plan, ImportOptions options, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<KernelDb>();
        if (options.ResumeId is { } id)
        {
            var stopped = await db.Set<Import>().FirstAsync(i => i.Id == id, ct);
            stopped.Progress = ImportProgress.Running;
            // A chunk may be in of which this row was never told: what is in counts.
            var lines = db.Set<ImportedRow>().Where(r => r.ImportId == id).GroupBy(r => r.Line).Select(g => g.Min(r => r.IsCreated ? 1 : 0));
            (stopped.Created, stopped.Updated) = (await lines.LongCountAsync(l => l == 1, ct), await lines.LongCountAsync(l => l == 0, ct));
            await db.SaveChangesAsync(ct);
            return stopped;
        }

        var import = new Import { ActId = Guid.CreateVersion7(), Kind = plan.Type.Name, FileName = options.FileName, At = clock.GetUtcNow(), UserId = actor.UserId };
        if (options.IsDry)
            return import;
        db.Add(import);
        await db.SaveChangesAsync(ct);
        return import;
    }

    // What goes on stands under the act that is there.
    private async Task<OneAct> ActAsync(Import import, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var isWritten = await scope.ServiceProvider.GetRequiredService<KernelDb>().Set<AuditAct>().AnyAsync(a => a.Id == import.ActId, ct);
        return new OneAct { Id = import.ActId, IsWritten = isWritten };
    }

    // The lines after the last one noted whose rows are in all the same: the server was ended before it could note them.
    private async Task<HashSet<long>> ThereAsync(ImportOptions options, CancellationToken ct)
    {
        if (options.ResumeId is not { } id)
            return [];
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<KernelDb>().Set<ImportedRow>()
            .Where(r => r.ImportId == id && r.Line > options.AfterLine).Select(r => r.Line).ToHashSetAsync(ct);
    }

    // After each chunk, so that an import goes on from there even when the server was ended within it.
    private async Task StoreAsync(ImportState state, ImportResult before, ImportProgress progress, CancellationToken ct)
    {
        if (state.IsDry)
            return;
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<KernelDb>();
        var import = await db.Set<Import>().FirstAsync(i => i.Id == state.ImportId, ct);
        (import.Progress, import.LastLine) = (progress, state.LastLine);
        (import.Created, import.Updated, import.Unchanged, import.Failed) =
            (before.Created + state.Created, before.Updated + state.Updated, before.Unchanged + state.Unchanged, before.Failed + state.Failed);
        await db.SaveChangesAsync(ct);
    }

    private async Task<Dictionary<string, Guid>> UsersAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var all = await scope.ServiceProvider.GetRequiredService<KernelDb>().Set<User>().AsNoTracking()
            .Where(u => u.DisabledAt == null).Select(u => new { u.Id, u.Email, u.Name }).ToListAsync(ct);
        var users = new Dictionary<string, Guid>(StringComparer.Ordinal);
        foreach (var user in all)
            users[user.Email.ToUpperInvariant()] = user.Id;
        // A name stands for a user only where one has it.
        foreach (var same in all.GroupBy(u => u.Name.ToUpperInvariant(), StringComparer.Ordinal).Where(g => g.Count() == 1))
            users.TryAdd(same.Key, same.First().Id);
        return users;
    }

    /// <summary>Counts what becomes of chunks.</summary>
    private sealed class Round(ImportChunk chunk, ImportState state, Func<BadRow, Task> bad)
    {
        public ImportChunk Chunk { get; } = chunk;

        public ImportState State { get; } = state;

        public List<CsvRow> Early { get; } = [];

        public async Task CountAsync(ChunkOutcome outcome, int mostEarly)
        {
            State.Created += outcome.Created;
            State.Updated += outcome.Updated;
            State.Unchanged += outcome.Unchanged;
            State.Learn(outcome.Found);
            foreach (var row in outcome.Early)
            {
                if (Early.Count < mostEarly)
                    Early.Add(row);
                else
                    outcome.Bad.Add(new BadRow(row, "", "It points to a row that comes later in the file: import that part first."));
            }

            State.Failed += outcome.Bad.Count;
            foreach (var row in outcome.Bad.Concat(outcome.LeftOut))
                await bad(row);
        }
    }
}
