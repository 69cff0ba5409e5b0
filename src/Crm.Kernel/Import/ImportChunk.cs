using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Kernel.Data;
using Crm.Kernel.Records;
using Crm.Kernel.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Import;

/// <summary>What became of a chunk.</summary>
internal sealed class ChunkOutcome
{
    public long Created { get; set; }

    public long Updated { get; set; }

    public long Unchanged { get; set; }

    public List<BadRow> Bad { get; } = [];

    /// <summary>Values that rows were imported without.</summary>
    public List<BadRow> LeftOut { get; } = [];

    /// <summary>Rows that point to rows that aren't in yet.</summary>
    public List<CsvRow> Early { get; } = [];

    public IReadOnlyDictionary<string, Guid> Found { get; set; } = new Dictionary<string, Guid>();
}

/// <summary>Brings a chunk of rows in as one unit: links and matches are looked up at once, and what is the same is not written.</summary>
internal abstract class ImportChunk
{
    public static ImportChunk Of(RecordType type) => (ImportChunk)Activator.CreateInstance(typeof(ImportChunk<>).MakeGenericType(type.Entity))!;

    public abstract void Check(ImportPlan plan);

    /// <summary>The keys by which rows may find records.</summary>
    public abstract IReadOnlyList<string> KeysOf(RecordType type);

    /// <param name="refused">Rows that were refused in an attempt before; that attempt had touched a record.</param>
    public abstract Task<ChunkOutcome> RunAsync(IServiceProvider scope, ImportState state, IReadOnlyList<CsvRow> rows, Dictionary<CsvRow, BadRow> refused, CancellationToken ct);
}

/// <summary>A row was refused after its record was touched: the chunk begins anew without it.</summary>
internal sealed class ChunkSpoiled : Exception;

/// <summary>Chunks of one type's rows.</summary>
internal sealed class ImportChunk<T> : ImportChunk
    where T : class, IRecord
{
    public override void Check(ImportPlan plan)
    {
        RowMatcher<T>.Check((RecordType<T>)plan.Type, plan.Match);
        if (plan.Match == "external_id" && plan.ExternalId is null)
            throw new ImportRefused("The file has no column 'External ID' to match by.");
    }

    public override IReadOnlyList<string> KeysOf(RecordType type) =>
        [.. ((RecordType<T>)type).NaturalKeys.Select(k => k.Name).Prepend("external_id")];

    public override async Task<ChunkOutcome> RunAsync(
        IServiceProvider scope, ImportState state, IReadOnlyList<CsvRow> rows, Dictionary<CsvRow, BadRow> refused, CancellationToken ct)
    {
        var db = scope.GetRequiredService<KernelDb>();
        var rights = await db.RightsAsync(ct);
        var type = (RecordType<T>)state.Plan.Type;
        var writer = new RowWriter<T>(type, state.Plan, rights);
        var lookup = ActivatorUtilities.CreateInstance<LinkLookup>(scope, state);
        var drafts = rows.Where(r => !refused.ContainsKey(r)).Select(state.Reader.Read).ToList();
        await lookup.FindAsync(drafts, ct);
        var filler = new LinkFiller(scope.GetRequiredService<RecordTypes>(), lookup, state, rights);
        var paired = Pair(drafts, filler, writer);
        await new RowMatcher<T>(db, type, scope.GetRequiredService<TitleKeys>(), state.Plan.Match).MatchAsync(paired, ct);
        var there = await LoadAsync(db, type, paired, rights, ct);
        if (!rights.IsSystem)
            await HideAsync(db, type, there.Values, writer, ct);
        await RefuseTargetsAsync(db, type, paired, writer, rights, ct);
        var chunk = new Writing(db, state, writer, there, rights, type, refused);
        foreach (var row in paired.Where(p => p.Draft.IsGood))
            await chunk.WriteAsync(row, ct);
        var outcome = await chunk.SaveAsync(ct);
        outcome.Found = lookup.Found;
        outcome.Bad.AddRange(drafts.Select(d => d.Fault).OfType<BadRow>().Concat(refused.Values));
        outcome.LeftOut.AddRange(drafts.Where(d => d.IsGood).SelectMany(d => d.LeftOut));
        outcome.Early.AddRange(drafts.Where(d => d.IsEarly && d.Fault is null).Select(d => d.Row));
        return outcome;
    }

    private static List<Pairing<T>> Pair(List<RowDraft> drafts, LinkFiller filler, RowWriter<T> writer)
    {
        var paired = new List<Pairing<T>>();
        foreach (var draft in drafts.Where(d => d.IsGood))
        {
            filler.Fill(draft);
            if (draft.IsGood && writer.Make(draft) is { } candidate)
                paired.Add(new Pairing<T>(draft, candidate));
        }

        return paired;
    }

    private static async Task<Dictionary<Guid, T>> LoadAsync(KernelDb db, RecordType<T> type, List<Pairing<T>> paired, Rights rights, CancellationToken ct)
    {
        var ids = paired.Select(p => p.MatchId).OfType<Guid>().Distinct().ToList();
        if (ids.Count == 0)
            return [];
        var all = db.Set<T>().Include(r => r.Spine).ThenInclude(s => s.DecidedBy).Where(r => ids.Contains(r.Id));
        all = type.Includes.Aggregate(all, (q, path) => q.Include(path)).AsTracking().AsSplitQuery();
        var there = await all.ToDictionaryAsync(r => r.Id, ct);
        if (!rights.IsSystem)
        {
            var visible = await (await db.VisibleAsync<T>(ct)).Where(r => ids.Contains(r.Id)).Select(r => r.Id).ToListAsync(ct);
            foreach (var hidden in ids.Except(visible).ToList())
                there.Remove(hidden);
        }

        return there;
    }

    // Who writes what hangs on a record changes that record, as on every other door.
    private static async Task RefuseTargetsAsync(
        KernelDb db, RecordType<T> type, List<Pairing<T>> paired, RowWriter<T> writer, Rights rights, CancellationToken ct)
    {
        var ids = paired.Select(p => writer.TargetOf(p.Draft)).OfType<Guid>().Distinct().ToList();
        var targets = ids.Count == 0 ? [] : await db.Records.Include(r => r.DecidedBy).Where(r => ids.Contains(r.Id)).ToDictionaryAsync(r => r.Id, ct);
        var reasons = new Dictionary<Guid, string>();
        foreach (var target in targets.Values)
        {
            if (target.ErasedAt is not null)
                reasons[target.Id] = StaysErased.Violation().Message;
            else if (!rights.IsSystem && !await db.MayAsync(type.EditPermission, target, ct))
                reasons[target.Id] = "You may see this record, but not change it.";
        }

        // A target that the file itself makes is not there yet, and needs no right.
        foreach (var draft in paired.Select(p => p.Draft).Where(d => d.IsGood))
        {
            if (writer.TargetOf(draft) is { } id && reasons.TryGetValue(id, out var reason))
                writer.RefuseTarget(draft, reason);
        }
    }

    private static async Task HideAsync(KernelDb db, RecordType<T> type, IReadOnlyCollection<T> there, RowWriter<T> writer, CancellationToken ct)
    {
        var linked = there.SelectMany(r => type.Fields.Where(f => f is { Kind: FieldKind.Links, Write: not null }).SelectMany(f => f.Read(r) as IEnumerable<Guid> ?? [])).ToHashSet();
        if (linked.Count == 0)
            return;
        var seen = await (await db.VisibleAmongAsync(linked, ct)).Select(r => r.Id).ToListAsync(ct);
        writer.Hidden.UnionWith(linked.Except(seen));
    }

    /// <summary>The writing half of a chunk.</summary>
    private sealed class Writing(
        KernelDb db, ImportState state, RowWriter<T> writer, Dictionary<Guid, T> there, Rights rights, RecordType<T> type, Dictionary<CsvRow, BadRow> refused)
    {
        private readonly Dictionary<string, T> _byKey = new(StringComparer.Ordinal);
        private readonly Dictionary<Guid, (RowDraft Draft, Dictionary<string, object?[]> Changes)> _touched = [];
        private readonly List<(RowDraft Draft, Guid Id)> _made = [];
        private readonly HashSet<Guid> _added = [];
        private long _again;

        public async Task WriteAsync(Pairing<T> row, CancellationToken ct)
        {
            if (row.Key is not null && _byKey.TryGetValue(row.Key, out var earlier))
                await UpdateAsync(row, earlier, ct);
            else if (row.MatchId is { } id && !(row.IsAdoption && there.GetValueOrDefault(id) is { Spine.ExternalId: not null }))
                await MeetAsync(row, id, ct);
            else
                Create(row);
        }

        public async Task<ChunkOutcome> SaveAsync(CancellationToken ct)
        {
            var changed = db.ChangeTracker.Entries().Where(e => e.State is not (EntityState.Unchanged or EntityState.Detached)).Select(e => e.Entity switch
            {
                IRecord record => record.Id,
                Spine spine => spine.Id,
                IRecordPart part => part.RecordId,
                _ => Guid.Empty,
            }).ToHashSet();
            // That looked for changes; from here on there are additions alone.
            db.ChangeTracker.AutoDetectChangesEnabled = false;
            var updated = _touched.Where(t => changed.Contains(t.Key)).ToList();
            var outcome = new ChunkOutcome
            {
                Created = _made.Count,
                Updated = updated.Count,
                Unchanged = _again + _touched.Count - updated.Count,
            };
            if (state.IsDry || (updated.Count == 0 && _made.Count == 0))
                return outcome;
            db.AddRange(_made.Select(m => new ImportedRow { ImportId = state.ImportId, Line = m.Draft.Row.Line, RecordId = m.Id, IsCreated = true }));
            foreach (var (draft, record) in _made.SelectMany(m => m.Draft.Makes.Select(r => (m.Draft, r))).Concat(updated.SelectMany(u => u.Value.Draft.Makes.Select(r => (u.Value.Draft, r)))))
            {
                if (_added.Add(record.Id))
                    db.Add(new ImportedRow { ImportId = state.ImportId, Line = draft.Row.Line, RecordId = record.Id, IsCreated = true });
            }

            db.AddRange(updated.Select(u => new ImportedRow { ImportId = state.ImportId, Line = u.Value.Draft.Row.Line, RecordId = u.Key, Changes = UndoText.Of(u.Value.Changes) }));
            await db.SaveChangesAsync(ct);
            return outcome;
        }

        private async Task MeetAsync(Pairing<T> row, Guid id, CancellationToken ct)
        {
            if (!there.TryGetValue(id, out var record))
                row.Draft.Refuse("", "A record with the same key is there, but you may not see it.");
            else if (record.Spine.DeletedAt is not null)
                row.Draft.Refuse("", "The record is in the bin: restore it first.");
            else if (record.Spine.ErasedAt is not null)
                row.Draft.Refuse("", StaysErased.Violation().Message);
            else if (!rights.IsSystem && !await db.MayAsync(type.EditPermission, record.Spine, ct))
                row.Draft.Refuse("", "You may see this record, but not change it.");
            else
                await UpdateAsync(row, record, ct);
        }

        private Task UpdateAsync(Pairing<T> row, T record, CancellationToken ct)
        {
            ct.ThrowIfCancellationRequested();
            if (writer.Update(row.Draft, record) is not { } changes)
            {
                refused[row.Draft.Row] = row.Draft.Fault!;
                throw new ChunkSpoiled();
            }

            if (row.Key is not null)
                _byKey[row.Key] = record;
            foreach (var made in row.Draft.Makes)
                Add(made);
            // A second row for the same record: its change counts with the first, and what was before the first stays so.
            var isSecond = _touched.TryGetValue(record.Id, out var first);
            if (isSecond)
            {
                foreach (var (field, change) in changes)
                    first.Changes[field] = first.Changes.TryGetValue(field, out var earlier) ? [earlier[0], change[1]] : change;
            }

            if (isSecond || _made.Exists(m => m.Id == record.Id))
                _again++;
            else
                _touched[record.Id] = (row.Draft, changes);
            return Task.CompletedTask;
        }

        private void Create(Pairing<T> row)
        {
            if (!rights.May(type.EditPermission))
                row.Draft.Refuse("", $"You are not allowed to add a {type.Name}.");
            else if (writer.CheckNew(row.Draft, row.Candidate))
            {
                if (!type.IsDependant && row.Candidate.Spine.OwnerId is null)
                    row.Candidate.Spine.OwnerId = state.Owner;
                foreach (var made in row.Draft.Makes)
                    Add(made);
                db.Add(row.Candidate);
                _made.Add((row.Draft, row.Candidate.Id));
                if (row.Key is not null)
                    _byKey[row.Key] = row.Candidate;
            }
        }

        private void Add(IRecord made)
        {
            if (db.Entry(made).State == EntityState.Detached)
                db.Add(made);
        }
    }
}
