using System.Data.Common;
using Crm.Abstractions.Search;

namespace Crm.Kernel.Search;

/// <summary>Writes documents and their tokens into SQLite.</summary>
internal sealed class SqliteWriter(DbConnection connection, DbTransaction? transaction)
{
    // SQLite's own limit of parameters is far above; a longer list only costs parsing.
    private const int Slice = 500;
    private const string InsertWords = "INSERT INTO core_search (rowid, title, body, marks) VALUES ($doc, $title, $body, $marks)";

    public async Task PutAsync(IReadOnlyList<SearchDocument> documents, CancellationToken ct)
    {
        var stored = await ReadAsync([.. documents.Select(d => d.Id)], ct);
        var changed = documents.Where(d => !IsSame(d, stored.GetValueOrDefault(d.Id))).ToList();
        var replaced = changed.Where(d => stored.ContainsKey(d.Id)).Select(d => stored[d.Id]).ToList();
        await DeleteAsync(replaced, ct);
        var keys = await KeysAsync(changed, stored, ct);
        await InsertAsync(changed, keys, ct);
    }

    public async Task RemoveAsync(IReadOnlyList<Guid> ids, CancellationToken ct) =>
        await DeleteAsync((await ReadAsync(ids, ct)).Values, ct);

    public async Task SetAclAsync(IReadOnlyDictionary<Guid, SearchAcl> changes, CancellationToken ct)
    {
        // Keys, texts and times stay: the row is changed where it stands, the word lists are written whole.
        await using var row = connection.Command(transaction, "UPDATE core_search_doc SET owner_id = $owner, acl = $acl WHERE doc = $doc");
        await using var old = connection.Command(transaction, "DELETE FROM core_search WHERE rowid = $doc");
        await using var words = connection.Command(transaction, InsertWords);
        foreach (var (key, stored) in (await ReadAsync([.. changes.Keys], ct)).Values.OrderBy(s => s.Key))
        {
            var document = stored with { Acl = changes[stored.Id].Acl, OwnerId = changes[stored.Id].OwnerId };
            if (IsSame(document, new StoredDocument(key, stored)))
                continue;
            ct.ThrowIfCancellationRequested();
            row.Set("$doc", key);
            row.Set("$owner", document.OwnerId?.ToByteArray(bigEndian: true));
            row.Set("$acl", StoredText.Acl(document.Acl));
            await row.ExecuteNonQueryAsync(ct);
            old.Set("$doc", key);
            await old.ExecuteNonQueryAsync(ct);
            await WordsAsync(words, document, key, ct);
        }
    }

    private static bool IsSame(SearchDocument document, StoredDocument? stored) =>
        stored?.Document is { } old
        && old.Title == document.Title && old.Body == document.Body && old.Kind == document.Kind
        && old.OwnerId == document.OwnerId && StoredText.Time(old.At) == StoredText.Time(document.At)
        && StoredText.Acl(old.Acl) == StoredText.Acl(document.Acl);

    private async Task<Dictionary<Guid, StoredDocument>> ReadAsync(IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        var stored = new Dictionary<Guid, StoredDocument>();
        foreach (var slice in ids.Distinct().Chunk(Slice))
        {
            await using var command = connection.Command(transaction, "");
            foreach (var id in slice)
                command.Add($"$p{command.Parameters.Count}", id.ToByteArray(bigEndian: true));
            command.CommandText = $"{StoredDocument.Select} WHERE record_id IN ({Names(command)})";
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
            {
                var row = StoredDocument.Read(reader);
                stored[row.Document.Id] = row;
            }
        }

        return stored;
    }

    // A document whose time stays keeps its key. The others look for a free one, all of a chunk at once.
    private async Task<Dictionary<Guid, long>> KeysAsync(
        List<SearchDocument> documents, Dictionary<Guid, StoredDocument> stored, CancellationToken ct)
    {
        var keys = new Dictionary<Guid, long>();
        var taken = new HashSet<long>();
        var open = new List<SearchDocument>();
        foreach (var document in documents)
        {
            if (stored.TryGetValue(document.Id, out var old) && StoredText.Time(old.Document.At) == StoredText.Time(document.At))
                taken.Add(keys[document.Id] = old.Key);
            else
                open.Add(document);
        }

        for (var attempt = 0; open.Count > 0; attempt++)
        {
            var tried = open.ConvertAll(d => (Document: d, Key: DocKey.Try(d.At, attempt)));
            var used = await UsedAsync(tried.ConvertAll(t => t.Key), ct);
            open.Clear();
            foreach (var (document, key) in tried)
            {
                if (!used.Contains(key) && taken.Add(key))
                    keys[document.Id] = key;
                else
                    open.Add(document);
            }
        }

        return keys;
    }

    private async Task<HashSet<long>> UsedAsync(List<long> keys, CancellationToken ct)
    {
        var used = new HashSet<long>();
        foreach (var slice in keys.Chunk(Slice))
        {
            await using var command = connection.Command(
                transaction, $"SELECT doc FROM core_search_doc WHERE doc IN ({string.Join(',', slice)})");
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
                used.Add(reader.GetInt64(0));
        }

        return used;
    }

    private async Task InsertAsync(List<SearchDocument> documents, Dictionary<Guid, long> keys, CancellationToken ct)
    {
        // In the order of their keys, which both trees take fastest.
        documents.Sort((a, b) => keys[a.Id].CompareTo(keys[b.Id]));
        await using var row = connection.Command(transaction, """
            INSERT INTO core_search_doc (doc, record_id, kind, owner_id, at, title, acl, body)
            VALUES ($doc, $id, $kind, $owner, $at, $title, $acl, $body)
            """);
        await using var words = connection.Command(transaction, InsertWords);
        foreach (var document in documents)
        {
            ct.ThrowIfCancellationRequested();
            await InsertAsync(row, words, document, keys[document.Id], ct);
        }
    }

    private static async Task InsertAsync(
        DbCommand row, DbCommand words, SearchDocument document, long key, CancellationToken ct)
    {
        row.Set("$doc", key);
        row.Set("$id", document.Id.ToByteArray(bigEndian: true));
        row.Set("$kind", document.Kind);
        row.Set("$owner", document.OwnerId?.ToByteArray(bigEndian: true));
        row.Set("$at", StoredText.Time(document.At));
        row.Set("$title", document.Title);
        row.Set("$acl", StoredText.Acl(document.Acl));
        row.Set("$body", document.Body);
        await row.ExecuteNonQueryAsync(ct);
        await WordsAsync(words, document, key, ct);
    }

    private static async Task WordsAsync(DbCommand words, SearchDocument document, long key, CancellationToken ct)
    {
        var tokens = new DocumentTokens(document.Title, document.Body);
        words.Set("$doc", key);
        words.Set("$title", string.Join(' ', tokens.Title));
        words.Set("$body", string.Join(' ', tokens.Body));
        words.Set("$marks", string.Join(' ', MarksOf(tokens, document)));
        await words.ExecuteNonQueryAsync(ct);
    }

    private static IEnumerable<string> MarksOf(DocumentTokens tokens, SearchDocument document) =>
        tokens.Title.Select(t => Marks.TitleWord + t)
            .Concat(tokens.TitleSigns.Select(s => Marks.TitleWord + s))
            .Concat(tokens.Strong.Select(s => Marks.StrongWord + s))
            .Concat(tokens.Signs)
            .Append(tokens.Whole ?? "")
            .Concat(DocumentTokens.Labels(document));

    private async Task DeleteAsync(IEnumerable<StoredDocument> stored, CancellationToken ct)
    {
        await using var words = connection.Command(transaction, "DELETE FROM core_search WHERE rowid = $doc");
        await using var row = connection.Command(transaction, "DELETE FROM core_search_doc WHERE doc = $doc");
        foreach (var document in stored)
        {
            words.Set("$doc", document.Key);
            row.Set("$doc", document.Key);
            await words.ExecuteNonQueryAsync(ct);
            await row.ExecuteNonQueryAsync(ct);
        }
    }

    private static string Names(DbCommand command) =>
        string.Join(',', command.Parameters.Cast<DbParameter>().Select(p => p.ParameterName));
}
