using System.Collections.Concurrent;
using Crm.Abstractions.Data;
using Crm.Abstractions.Records;
using Crm.Abstractions.Search;
using Crm.Kernel.Bulk;
using Crm.Kernel.Data;
using Crm.Kernel.Records;
using Crm.Kernel.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Crm.Kernel.Search;

/// <summary>Keeps the index in the data's transaction: what was saved is found by the very next search.</summary>
internal sealed class SearchWriter(RecordTypes types, OpenKinds open, ISearchIndex index, Actor actor, TimeProvider clock)
{
    private const int Chunk = 500;

    // What hangs on a record and is written in the save that shares it or hands it over; more comes after it.
    private const int MostAtOnce = 1_000;
    private static readonly ConcurrentDictionary<Type, DocumentBuilder> _builders = new();
    private static readonly Dictionary<Guid, IRecord> _none = [];

    public async Task WriteAsync(KernelDb db, ChangedRecords changed, CancellationToken ct)
    {
        if (changed.Saved.Count == 0 && changed.Gone.Count == 0 && changed.Reassigned.Count == 0 && changed.Turned.Count == 0)
            return;
        var connection = db.Database.GetDbConnection();
        var transaction = db.Database.CurrentTransaction?.GetDbTransaction();
        var touched = new HashSet<Guid>(changed.Saved);
        var tracked = db.ChangeTracker.Entries<Spine>().Select(e => e.Entity).ToDictionary(s => s.Id);
        foreach (var spine in tracked.Values)
        {
            if (spine.DecidedById is { } decider && (changed.Saved.Contains(spine.Id) || changed.Gone.Contains(spine.Id)) && types.Find(spine.Kind)?.IsPartOfRecord == true)
                touched.Add(decider);
        }

        touched.UnionWith(await WithHangingAsync(db, changed.Turned, ct));
        touched.ExceptWith(changed.Gone);
        var retokened = await RetokenedAsync(db, changed.Reassigned, ct);
        retokened.ExceptWith(touched);
        retokened.ExceptWith(changed.Gone);
        // A new record's parts that are found with it never had a document themselves.
        touched.RemoveWhere(id => changed.Made.Contains(id) && tracked.GetValueOrDefault(id) is { } spine && types.Find(spine.Kind)?.IsPartOfRecord == true);
        var made = db.ChangeTracker.Entries<IRecord>().Select(e => e.Entity).Where(r => changed.Made.Contains(r.Id) && r.Spine is { DecidedById: null }).ToDictionary(r => r.Id);
        foreach (var chunk in touched.Chunk(Chunk))
            await PutAsync(db, chunk, made, ct);
        // What hangs on a shared or handed over record says what it said: only who finds it is written, for all its words would hold every other writer up.
        foreach (var chunk in retokened.Chunk(Chunk))
            await RetokenAsync(db, chunk, ct);
        foreach (var chunk in changed.Gone.Chunk(Chunk))
            await index.RemoveAsync(connection, transaction, chunk, ct);
    }

    /// <summary>Writes who finds the documents of records, and leaves their words.</summary>
    public async Task RetokenAsync(KernelDb db, IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        var documents = await db.Records.AsNoTracking().Where(r => ids.Contains(r.Id))
            .Select(r => new { r.Id, Decider = r.DecidedById ?? r.Id, OwnerId = r.DecidedBy == null ? r.OwnerId : r.DecidedBy.OwnerId }).ToListAsync(ct);
        var acls = await SearchAcls.OfRecordsAsync(db, documents.ToDictionary(d => d.Id, d => d.Decider), open.Names, ct);
        await index.SetAclAsync(
            db.Database.GetDbConnection(), db.Database.CurrentTransaction?.GetDbTransaction(),
            documents.ConvertAll(d => new SearchAcl(d.Id, acls.GetValueOrDefault(d.Id) ?? [], d.OwnerId)), ct);
    }

    // A bulk act does few at a time already.
    private async Task<HashSet<Guid>> RetokenedAsync(KernelDb db, HashSet<Guid> records, CancellationToken ct)
    {
        var all = await WithHangingAsync(db, records, ct);
        if (all.Count - records.Count <= MostAtOnce || actor.Door == "bulk")
            return all;
        TokensWork.Begin(db, records, clock.GetUtcNow());
        await db.FlushAsync(ct);
        return [.. records];
    }

    // Records, and all that hangs on them or concerns them.
    private static async Task<HashSet<Guid>> WithHangingAsync(KernelDb db, HashSet<Guid> records, CancellationToken ct)
    {
        var all = new HashSet<Guid>(records);
        foreach (var chunk in records.Chunk(Chunk))
        {
            all.UnionWith(await db.Records.Where(r => chunk.Contains(r.DecidedById!.Value)).Select(r => r.Id).ToListAsync(ct));
            all.UnionWith(await db.Set<RecordAbout>().Where(a => chunk.Contains(a.AboutId)).Select(a => a.RecordId).ToListAsync(ct));
        }

        return all;
    }

    /// <summary>The documents that records have; none for those in the bin, or that hang on one there.</summary>
    public Task<List<SearchDocument>> DocumentsAsync(KernelDb db, IReadOnlyList<Guid> ids, CancellationToken ct) => DocumentsAsync(db, ids, _none, ct);

    /// <summary>Writes the documents of records anew; those in the bin, or that hang on one there, are removed.</summary>
    public Task PutAsync(KernelDb db, IReadOnlyList<Guid> ids, CancellationToken ct) => PutAsync(db, ids, _none, ct);

    // What is new is known whole; the others are read.
    private async Task<List<SearchDocument>> DocumentsAsync(KernelDb db, IReadOnlyList<Guid> ids, Dictionary<Guid, IRecord> made, CancellationToken ct)
    {
        var stored = ids.Where(id => !made.ContainsKey(id)).ToList();
        var spines = stored.Count == 0 ? [] : await db.Records.AsNoTracking().Include(r => r.DecidedBy).Where(r => stored.Contains(r.Id)).ToListAsync(ct);
        spines.AddRange(ids.Select(made.GetValueOrDefault).OfType<IRecord>().Select(r => r.Spine));
        var acls = await SearchAcls.OfRecordsAsync(db, spines.ToDictionary(s => s.Id, s => s.DecidedById ?? s.Id), open.Names, ct);
        var elsewhere = await AliveElsewhereAsync(db, spines, ct);
        var documents = new List<SearchDocument>();
        foreach (var group in spines.Where(s => s.DeletedAt is null && (s.DecidedBy?.DeletedAt is null || elsewhere.Contains(s.Id))).GroupBy(s => s.Kind))
        {
            var type = types.Find(group.Key);
            if (type is null || type.IsPartOfRecord)
                continue;
            var builder = _builders.GetOrAdd(type.Entity, e => (DocumentBuilder)Activator.CreateInstance(typeof(DocumentBuilder<>).MakeGenericType(e))!);
            var bodies = await builder.BodiesAsync(db, type, group.Select(s => s.Id).ToList(), made, ct);
            documents.AddRange(group.Select(s => new SearchDocument(
                s.Id, s.Kind, s.Title, bodies.GetValueOrDefault(s.Id) ?? "",
                acls.GetValueOrDefault(s.Id) ?? [], (s.DecidedBy ?? s).OwnerId, s.UpdatedAt)));
        }

        return documents;
    }

    // What hangs on a record in the bin is found by those whom it concerns besides.
    private static async Task<HashSet<Guid>> AliveElsewhereAsync(KernelDb db, List<Spine> spines, CancellationToken ct)
    {
        var ids = spines.Where(s => s.DecidedBy?.DeletedAt is not null).Select(s => s.Id).ToList();
        return ids.Count == 0
            ? []
            : await db.Set<RecordAbout>().Where(a => ids.Contains(a.RecordId) && db.Records.Any(r => r.Id == a.AboutId && r.DeletedAt == null)).Select(a => a.RecordId).ToHashSetAsync(ct);
    }

    private async Task PutAsync(KernelDb db, IReadOnlyList<Guid> ids, Dictionary<Guid, IRecord> made, CancellationToken ct)
    {
        var documents = await DocumentsAsync(db, ids, made, ct);
        var connection = db.Database.GetDbConnection();
        var transaction = db.Database.CurrentTransaction?.GetDbTransaction();
        if (documents.Count > 0)
            await index.PutAsync(connection, transaction, documents, ct);
        var hidden = ids.Except(documents.Select(d => d.Id)).ToList();
        if (hidden.Count > 0)
            await index.RemoveAsync(connection, transaction, hidden, ct);
    }

    private abstract class DocumentBuilder
    {
        public abstract Task<Dictionary<Guid, string>> BodiesAsync(
            CrmDb db, RecordType type, IReadOnlyList<Guid> ids, Dictionary<Guid, IRecord> made, CancellationToken ct);
    }

    private sealed class DocumentBuilder<T> : DocumentBuilder
        where T : class, IRecord
    {
        public override async Task<Dictionary<Guid, string>> BodiesAsync(
            CrmDb db, RecordType type, IReadOnlyList<Guid> ids, Dictionary<Guid, IRecord> made, CancellationToken ct)
        {
            var records = ids.Select(made.GetValueOrDefault).OfType<T>().ToList();
            var stored = ids.Where(id => !made.ContainsKey(id)).ToList();
            var query = db.Set<T>().AsNoTrackingWithIdentityResolution().Where(r => stored.Contains(r.Id));
            foreach (var path in type.Includes)
                query = query.Include(path);
            // Whoever finds the document may read all of it: what asks for a permission of its own stays out.
            var searched = type.Fields.Where(f => f.IsSearchable && f.ReadPermission is null).ToList();
            if (searched.Exists(f => f.IsCustom))
                query = query.Include(r => r.Spine);
            if (stored.Count > 0)
                records.AddRange(await query.ToListAsync(ct));
            var further = await ((RecordType<T>)type).SearchTextsAsync(db, ids, ct);
            return records.ToDictionary(
                r => r.Id,
                r => string.Join('\n', searched.Select(f => FieldText.Searchable(f, f.Read(r))).Concat(further[r.Id]).Where(t => t.Length > 0)));
        }
    }
}
