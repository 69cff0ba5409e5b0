using System.Text.Json;
using Crm.Abstractions.Records;
using Crm.Kernel.Data;
using Microsoft.Extensions.Configuration;

namespace Crm.Kernel.Import;

/// <summary>Keeps the files of imports, what was said about them and their reports for a day in the data directory's temporary folder.</summary>
internal sealed class ImportFiles(DatabaseOptions options, IConfiguration configuration, TimeProvider clock)
{
    private const string Rows = ".csv";
    private const string Said = ".json";
    private const string Bad = ".bad.csv";
    private static readonly TimeSpan _kept = TimeSpan.FromDays(1);

    /// <summary>The most bytes that a file may have: the setting <c>Import:MaxMegabytes</c>, 100 where it says nothing.</summary>
    public long MostBytes => (configuration.GetValue<int?>("Import:MaxMegabytes") is { } said and > 0 ? said : 100) * 1_000_000L;

    private string Folder => Path.Combine(options.Directory, "temp", "imports");

    /// <exception cref="RuleViolation">The file is too large.</exception>
    public async Task KeepAsync(ImportDraft draft, Stream from, CancellationToken ct)
    {
        Directory.CreateDirectory(Folder);
        Sweep();
        try
        {
            await using var file = new FileStream(PathOf(draft.Id, Rows), FileMode.CreateNew, FileAccess.Write);
            var buffer = new byte[1 << 16];
            for (int read; (read = await from.ReadAsync(buffer, ct)) > 0;)
            {
                if (file.Length + read > MostBytes)
                    throw new RuleViolation("file", "The file is larger than {0} MB: cut it into several.", MostBytes / 1_000_000);
                await file.WriteAsync(buffer.AsMemory(0, read), ct);
            }
        }
        catch
        {
            Remove(draft.Id);
            throw;
        }

        await WriteAsync(draft, ct);
    }

    public bool Has(Guid id) => File.Exists(PathOf(id, Rows));

    public bool HasReport(Guid id) => File.Exists(PathOf(id, Bad));

    public FileStream Open(Guid id) => new(PathOf(id, Rows), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    /// <summary>A report that goes on where it was left; a dry run begins it anew.</summary>
    public FileStream AppendReport(Guid id, bool isNew) => new(PathOf(id, Bad), isNew ? FileMode.Create : FileMode.Append, FileAccess.Write, FileShare.Read);

    public FileStream OpenReport(Guid id) => new(PathOf(id, Bad), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    public async Task WriteAsync(ImportDraft draft, CancellationToken ct)
    {
        // Whole or not at all: the page and the worker read it at any time.
        var fresh = PathOf(draft.Id, $".{Guid.CreateVersion7():N}");
        await File.WriteAllTextAsync(fresh, JsonSerializer.Serialize(draft), ct);
        File.Move(fresh, PathOf(draft.Id, Said), overwrite: true);
    }

    public async Task<ImportDraft?> ReadAsync(Guid id, CancellationToken ct)
    {
        try
        {
            return JsonSerializer.Deserialize<ImportDraft>(await File.ReadAllTextAsync(PathOf(id, Said), ct));
        }
        catch (Exception failure) when (failure is IOException or JsonException)
        {
            return null;
        }
    }

    /// <summary>All that is kept here, whoever's.</summary>
    public async Task<List<ImportDraft>> AllAsync(CancellationToken ct)
    {
        var all = new List<ImportDraft>();
        if (!Directory.Exists(Folder))
            return all;
        foreach (var path in Directory.EnumerateFiles(Folder, "*" + Said))
        {
            if (Guid.TryParse(Path.GetFileNameWithoutExtension(path), out var id) && await ReadAsync(id, ct) is { } draft)
                all.Add(draft);
        }

        return all;
    }

    /// <summary>Removes the file itself: its import is done.</summary>
    public void Remove(Guid id) => File.Delete(PathOf(id, Rows));

    /// <summary>Removes what is older than a day.</summary>
    public void Sweep()
    {
        if (!Directory.Exists(Folder))
            return;
        var oldest = clock.GetUtcNow().UtcDateTime - _kept;
        foreach (var path in Directory.EnumerateFiles(Folder).Where(p => File.GetLastWriteTimeUtc(p) < oldest))
        {
            try
            {
                File.Delete(path);
            }
            catch (IOException)
            {
                // It is being read: the next time.
            }
        }
    }

    private string PathOf(Guid id, string ending) => Path.Combine(Folder, id.ToString("D") + ending);
}
