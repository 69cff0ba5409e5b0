using System.Collections.Concurrent;
using Crm.Abstractions.Data;
using Crm.Abstractions.Records;
using Crm.Abstractions.Search;
using Crm.Kernel.Data;
using Crm.Kernel.Records;
using Crm.Kernel.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Crm.Kernel.Search;

/// <summary>Keeps the index in the data's transaction: what was saved is found by the very next search.</summary>
internal sealed class SearchWriter(RecordTypes types, ISearchIndex index)
{
    private const int Chunk = 500;
    private static readonly ConcurrentDictionary<Type, DocumentBuilder> _builders = new();

    public async Task WriteAsync(KernelDb db, ChangedRecords changed, CancellationToken ct)
    {
        if (changed.Saved.Count == 0 && changed.Gone.Count == 0 && changed.Reassigned.Count == 0)
            return;
        var connection = db.Database.GetDbConnection();
        var transaction = db.Database.CurrentTransaction?.GetDbTransaction();
        var touched = new HashSet<Guid>(changed.Saved);
        foreach (var spine in db.ChangeTracker.Entries<Spine>().Select(e => e.Entity))
        {
            if (spine.DecidedById is { } decider && (changed.Saved.Contains(spine.Id) || changed.Gone.Contains(spine.Id)) && types.Find(spine.Kind)?.IsPartOfRecord == true)
                touched.Add(decider);
        }

        foreach (var chunk in changed.Reassigned.Chunk(Chunk))
        {
            touched.UnionWith(chunk);
            touched.UnionWith(await db.Records.Where(r => chunk.Contains(r.DecidedById!.Value)).Select(r => r.Id).ToListAsync(ct));
        }

        touched.ExceptWith(changed.Gone);
        foreach (var chunk in touched.Chunk(Chunk))
            await PutAsync(db, chunk, ct);
        foreach (var chunk in changed.Gone.Chunk(Chunk))
            await index.RemoveAsync(connection, transaction, chunk, ct);
    }

    /// <summary>The documents that records have; none for those in the bin, or that hang on one there.</summary>
    public async Task<List<SearchDocument>> DocumentsAsync(KernelDb db, IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        var spines = await db.Records.AsNoTracking().Include(r => r.DecidedBy).Where(r => ids.Contains(r.Id)).ToListAsync(ct);
        var acls = await SearchAcls.OfAsync(db, spines.Select(s => s.DecidedById ?? s.Id).Distinct().ToList(), ct);
        var documents = new List<SearchDocument>();
        foreach (var group in spines.Where(s => s.DeletedAt is null && s.DecidedBy?.DeletedAt is null).GroupBy(s => s.Kind))
        {
            var type = types.Find(group.Key);
            if (type is null || type.IsPartOfRecord)
                continue;
            var builder = _builders.GetOrAdd(type.Entity, e => (DocumentBuilder)Activator.CreateInstance(typeof(DocumentBuilder<>).MakeGenericType(e))!);
            var bodies = await builder.BodiesAsync(db, type, group.Select(s => s.Id).ToList(), ct);
            documents.AddRange(group.Select(s => new SearchDocument(
                s.Id, s.Kind, s.Title, bodies.GetValueOrDefault(s.Id) ?? "",
                acls.GetValueOrDefault(s.DecidedById ?? s.Id) ?? [], (s.DecidedBy ?? s).OwnerId, s.UpdatedAt)));
        }

        return documents;
    }

    /// <summary>Writes the documents of records anew; those in the bin, or that hang on one there, are removed.</summary>
    public async Task PutAsync(KernelDb db, IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        var documents = await DocumentsAsync(db, ids, ct);
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
        public abstract Task<Dictionary<Guid, string>> BodiesAsync(CrmDb db, RecordType type, IReadOnlyList<Guid> ids, CancellationToken ct);
    }

    private sealed class DocumentBuilder<T> : DocumentBuilder
        where T : class, IRecord
    {
        public override async Task<Dictionary<Guid, string>> BodiesAsync(CrmDb db, RecordType type, IReadOnlyList<Guid> ids, CancellationToken ct)
        {
            var query = db.Set<T>().AsNoTrackingWithIdentityResolution().Where(r => ids.Contains(r.Id));
            foreach (var path in type.Includes)
                query = query.Include(path);
            // Whoever finds the document may read all of it: what asks for a permission of its own stays out.
            var searched = type.Fields.Where(f => f.IsSearchable && f.ReadPermission is null).ToList();
            var further = await ((RecordType<T>)type).SearchTextsAsync(db, ids, ct);
            return (await query.ToListAsync(ct)).ToDictionary(
                r => r.Id,
                r => string.Join('\n', searched.Select(f => FieldText.Searchable(f, f.Read(r))).Concat(further[r.Id]).Where(t => t.Length > 0)));
        }
    }
}
