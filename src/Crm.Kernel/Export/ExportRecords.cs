using Crm.Abstractions.Records;
using Crm.Kernel.Data;
using Crm.Kernel.Import;
using Crm.Kernel.RecordPages;
using Crm.Kernel.Records;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.Export;

/// <summary>Writes what the caller may see of a type, or of a saved view, as CSV, row by row.</summary>
internal sealed class ExportRecords(RecordDoors doors, KernelDb db)
{
    private const int PageSize = 200;

    /// <summary>Says how many rows were written.</summary>
    public async Task<long> RunAsync(RecordType type, string? viewName, Stream to, Func<long, Task> progress, CancellationToken ct)
    {
        var view = viewName is null ? null : await ViewAsync(type, viewName, ct);
        var door = doors.Of(type);
        var fields = await door.FieldsAsync(ct);
        if (view is { Columns.Length: > 0 })
        {
            var names = view.Columns.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            fields = names.Select(n => fields.FirstOrDefault(f => string.Equals(f.Name, n, StringComparison.OrdinalIgnoreCase))).OfType<RecordField>().ToList();
        }

        // An amount is written with its currency, which needs no column of its own.
        // A title is made of what stands in other columns, and its heading would be read back as a person's job.
        var columns = ExportColumn.Of(fields.Where(f => (f.IsShown || !f.IsCustom) && (type.IsUnion || f.Name != "title"))).ToList();
        await using var csv = new CsvOut(to, isExact: true);
        await csv.WriteAsync(columns.Select(c => c.Header), ct);
        var query = new RecordQuery(NullIfEmpty(view?.Filter), NullIfEmpty(view?.Sort), PageSize);
        for (var rows = 0L; ;)
        {
            var page = await door.ListAsync(query, ct);
            foreach (var record in page.Items)
                await csv.WriteAsync(columns.Select(c => c.Text(record)), ct);
            await progress(rows += page.Items.Count);
            db.ChangeTracker.Clear();
            if (page.Next is null)
                return rows;
            query = query with { After = page.Next };
        }
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private async Task<SavedView> ViewAsync(RecordType type, string name, CancellationToken ct)
    {
        var me = (await db.RightsAsync(ct)).UserId;
        var views = await db.Set<SavedView>().AsNoTracking().Where(v => v.Kind == type.Name && (v.OwnerId == null || v.OwnerId == me)).ToListAsync(ct);
        return views.Find(v => string.Equals(v.Name, name, StringComparison.OrdinalIgnoreCase))
            ?? throw new RuleViolation("view", "There is no view '{0}' of {1} for everybody.", name, type.Plural);
    }
}
