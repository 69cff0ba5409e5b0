using System.Text.Json;
using Crm.Abstractions.Records;
using Crm.Kernel.Data;
using Crm.Kernel.Import;
using Microsoft.EntityFrameworkCore;

namespace Crm.Admin.Import;

/// <summary>Keeps by name what was said about a file, and says it again about the next one.</summary>
internal sealed class ImportMappings(KernelDb db)
{
    private const int Longest = 100;

    public Task<List<SavedMapping>> OfAsync(string kind, CancellationToken ct) =>
        db.Set<SavedMapping>().AsNoTracking().Where(m => m.Kind == kind).OrderBy(m => m.Name).ToListAsync(ct);

    /// <exception cref="RuleViolation">It has no name, or too long a one.</exception>
    public async Task SaveAsync(ImportDraft draft, string name, CancellationToken ct)
    {
        var called = name.Trim();
        if (called.Length is 0 or > Longest || called.Any(char.IsControl))
            throw new RuleViolation("mappingName", "Give a name of 1 to 100 characters.");
        var mapping = await db.Set<SavedMapping>().FirstOrDefaultAsync(m => m.Kind == draft.Kind && m.Name == called, ct);
        if (mapping is null)
            db.Add(mapping = new SavedMapping { Kind = draft.Kind, Name = called });
        mapping.Choices = JsonSerializer.Serialize(new ImportDraft
        {
            Kind = draft.Kind,
            Columns = draft.Columns,
            Encoding = draft.Encoding,
            Delimiter = draft.Delimiter,
            Order = draft.Order,
            Match = draft.Match,
        });
        await db.SaveChangesAsync(ct);
    }

    /// <summary>Says of a draft what was kept; false where there is no such mapping.</summary>
    public async Task<bool> LoadAsync(ImportDraft draft, Guid id, CancellationToken ct)
    {
        var kept = await db.Set<SavedMapping>().AsNoTracking().FirstOrDefaultAsync(m => m.Id == id && m.Kind == draft.Kind, ct);
        if (kept is null || JsonSerializer.Deserialize<ImportDraft>(kept.Choices) is not { } said)
            return false;
        (draft.Columns, draft.Encoding, draft.Delimiter, draft.Order, draft.Match) = (said.Columns, said.Encoding, said.Delimiter, said.Order, said.Match);
        return true;
    }
}
