using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Microsoft.EntityFrameworkCore;

namespace Crm.Abstractions.Data;

/// <summary>The one database of the product: every module's tables, one unit of work per scope.</summary>
/// <param name="options">EF Core's options.</param>
public abstract class CrmDb(DbContextOptions options) : DbContext(options)
{
    /// <summary>The spine.</summary>
    public DbSet<Spine> Records => Set<Spine>();

    /// <summary>Who acts in this scope, and what he may do.</summary>
    /// <param name="ct">Ends the read.</param>
    public abstract ValueTask<Rights> RightsAsync(CancellationToken ct);

    /// <summary>The records of a type that the reader may see and that are not in the bin. Reads what the reader may see, then gives the query.</summary>
    /// <typeparam name="T">The record.</typeparam>
    /// <param name="ct">Ends the read.</param>
    public abstract Task<IQueryable<T>> VisibleAsync<T>(CancellationToken ct)
        where T : class, IRecord;

    /// <summary>All that the reader sees of a type, for who counts or sums it; who looks for some of it asks <see cref="VisibleAsync{T}"/>.</summary>
    /// <typeparam name="T">The record.</typeparam>
    /// <param name="ct">Ends the read.</param>
    public abstract Task<IQueryable<T>> VisibleWholeAsync<T>(CancellationToken ct)
        where T : class, IRecord;

    /// <summary>The spine rows of the given kinds that the reader may see and that are not in the bin, whatever hangs on what.</summary>
    /// <param name="kinds">Singular names of record types; those that the reader may not see at all are left out.</param>
    /// <param name="ct">Ends the read.</param>
    public abstract Task<IQueryable<Spine>> VisibleRecordsAsync(IReadOnlyCollection<string> kinds, CancellationToken ct);

    /// <summary>The spine rows of the given records that the reader may see and that are not in the bin. Reads what they are, then gives the query.</summary>
    /// <param name="ids">The records, some hundreds at most.</param>
    /// <param name="ct">Ends the read.</param>
    /// <param name="kinds">Only records of these types, by their singular names; null for whatever they are.</param>
    public abstract Task<IQueryable<Spine>> VisibleAmongAsync(IReadOnlyCollection<Guid> ids, CancellationToken ct, IReadOnlyCollection<string>? kinds = null);

    /// <summary>The ids of the records that the reader sees because he manages them, or because they are shared with him or a department of his; one may come twice, and what it is and whether it is in the bin is not asked.</summary>
    /// <param name="ct">Ends the read.</param>
    public abstract Task<IQueryable<Guid>> SharedAsync(CancellationToken ct);

    /// <summary>The records in a segment, a saved view that everybody has, as the server itself sees them: to be narrowed to what the reader may see.</summary>
    /// <param name="kind">The record type's name in the singular.</param>
    /// <param name="name">The view's name; empty for all records of the type.</param>
    /// <param name="without">Contributed fields that the segment may not ask for, because they are made of segments themselves.</param>
    /// <param name="withBin">Those in the bin, too: for who asks of few records by their ids, and whether they are there besides.</param>
    /// <param name="ct">Ends the read.</param>
    /// <exception cref="RuleViolation">There is no such view, or it can't be read; the message stands at <c>segment</c>.</exception>
    public abstract Task<IQueryable<Guid>> SegmentAsync(string kind, string name, IReadOnlyCollection<string> without, bool withBin, CancellationToken ct);

    /// <summary>Says whether a permission reaches one record: by scope, ownership, management or a share.</summary>
    /// <param name="permission">The permission's name.</param>
    /// <param name="record">The record.</param>
    /// <param name="ct">Ends the read.</param>
    public abstract Task<bool> MayAsync(string permission, Spine record, CancellationToken ct);

    /// <summary>Raises a fact. Its handlers run inside the save, its outbox handlers after the commit.</summary>
    /// <param name="fact">A record in the past tense.</param>
    public abstract void Raise(object fact);

    /// <summary>Runs a unit that reads a rule's rows and then saves, alone: behind the writer's gate on SQLite, serialisable with retry on PostgreSQL.</summary>
    /// <param name="unit">The unit; may run more than once, so it starts from what it reads.</param>
    /// <param name="ct">Ends it.</param>
    public abstract Task WriteAsync(Func<CancellationToken, Task> unit, CancellationToken ct);
}
