using Crm.Abstractions.Search;
using Crm.Kernel.Bulk;
using Crm.Kernel.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Search;

/// <summary>Compares the index with the data, document by document.</summary>
internal sealed class CompareIndex(IServiceScopeFactory scopes, ISearchIndex index)
{
    private const int Chunk = 500;
    private const int MostFaults = 1_000;

    public async Task<List<string>> RunAsync(Func<long, long, Task> progress, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var reading = scope.ServiceProvider.GetRequiredService<KernelDb>();
        await reading.Database.OpenConnectionAsync(ct);
        var check = await index.CheckAsync(reading.Database.GetDbConnection(), ct);
        var faults = check.Faults.ToList();
        var (documents, compared) = (new List<SearchDocument>(), 0L);
        await foreach (var document in index.ReadAsync(reading.Database.GetDbConnection(), ct))
        {
            documents.Add(document);
            if (documents.Count < Chunk)
                continue;
            await CompareAsync(documents, faults, ct);
            await progress(compared += documents.Count, check.Documents);
            documents.Clear();
            if (faults.Count > MostFaults)
                return faults;
        }

        await CompareAsync(documents, faults, ct);
        await MissingAsync(compared + documents.Count, faults, ct);
        return faults;
    }

    private async Task CompareAsync(List<SearchDocument> documents, List<string> faults, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var heirs = await Heirs.AllAsync(scope.ServiceProvider.GetRequiredService<KernelDb>(), ct);
        var wanted = (await scope.ServiceProvider.GetRequiredService<SearchWriter>()
            .DocumentsAsync(scope.ServiceProvider.GetRequiredService<KernelDb>(), documents.ConvertAll(d => d.Id), ct)).ToDictionary(d => d.Id);
        foreach (var document in documents)
        {
            if (!wanted.TryGetValue(document.Id, out var should))
                faults.Add($"The index has {document.Kind} {document.Id}, which is not there.");
            else if (document.Title != should.Title || document.Body != should.Body || document.Kind != should.Kind)
                faults.Add($"The index has an old text of {should.Kind} {should.Id}.");
            else if (heirs.Exists(h => document.OwnerId == h.FromId || should.OwnerId == h.ToId))
                // A hand-over is under way: the rows say who sees them, and the tokens follow.
                continue;
            else if (document.OwnerId != should.OwnerId || !document.Acl.Order(StringComparer.Ordinal).SequenceEqual(should.Acl.Order(StringComparer.Ordinal), StringComparer.Ordinal))
                faults.Add($"The index lets others find {should.Kind} {should.Id} than may see it.");
        }
    }

    private async Task MissingAsync(long found, List<string> faults, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<KernelDb>();
        var kinds = scope.ServiceProvider.GetRequiredService<Records.RecordTypes>().All.Where(t => !t.IsUnion && !t.IsPartOfRecord).Select(t => t.Name).ToList();
        var there = await db.Records.LongCountAsync(r => r.DeletedAt == null && (r.DecidedById == null || r.DecidedBy!.DeletedAt == null || r.Abouts.Any(a => db.Records.Any(s => s.Id == a.AboutId && s.DeletedAt == null))) && kinds.Contains(r.Kind), ct);
        if (there > found)
            faults.Add($"{there - found} records are missing from the index: run 'crm reindex'.");
    }
}
