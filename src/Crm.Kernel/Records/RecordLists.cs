using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Kernel.Data;
using Crm.Kernel.RecordPages;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.Records;

/// <summary>Lists as modules may choose records by them: through the types' doors.</summary>
internal sealed class RecordLists(KernelDb db, RecordTypes types, RecordDoors doors, TimeProvider clock) : IRecordLists
{
    public async Task<IReadOnlyList<string>> SegmentsAsync(string kind, CancellationToken ct) => await SegmentsAsync(kind, (await db.RightsAsync(ct)).UserId, ct);

    public Task<IReadOnlyList<string>> SharedSegmentsAsync(string kind, CancellationToken ct) => SegmentsAsync(kind, null, ct);

    public Task<IReadOnlyList<RecordField>> FieldsAsync(string kind, CancellationToken ct) => Of(kind).FieldsAsync(ct);

    public Task<IReadOnlyList<Guid>> IdsAsync(string kind, string? filter, Guid after, int limit, CancellationToken ct) =>
        ReadAsync(() => Of(kind).IdsAsync(filter, clock.GetUtcNow(), after, limit, ct));

    public Task<IReadOnlyList<RecordDay>> DaysAsync(string kind, string field, string? filter, Guid after, int limit, CancellationToken ct) =>
        ReadAsync(() => Of(kind).DaysAsync(field, filter, after, limit, ct));

    private async Task<IReadOnlyList<string>> SegmentsAsync(string kind, Guid? me, CancellationToken ct)
    {
        var names = await db.Set<SavedView>().AsNoTracking().Where(v => v.Kind == kind && (v.OwnerId == null || v.OwnerId == me))
            .OrderBy(v => v.Name).Select(v => v.Name).ToListAsync(ct);
        return [.. names.Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    private static async Task<T> ReadAsync<T>(Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (BadFilter bad)
        {
            throw new RuleViolation("filter", "This can't be read: {0}", bad.Message);
        }
    }

    private IRecordDoor Of(string kind) => doors.Of(types.Find(kind) ?? throw new RuleViolation("kind", "There are no such records."));
}
