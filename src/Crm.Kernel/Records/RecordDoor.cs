using System.Linq.Expressions;
using Crm.Abstractions.Records;
using Crm.Abstractions.Search;
using Crm.Abstractions.Security;
using Crm.Kernel.Bulk;
using Crm.Kernel.Data;
using Crm.Kernel.Filters;
using Crm.Kernel.Modules;
using Crm.Kernel.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Records;

/// <summary>The door of one record type: reading here, writing in <see cref="RecordWriter{T}"/>.</summary>
internal sealed class RecordDoor<T> : IRecordDoor
    where T : class, IRecord
{
    private const int MaxHits = 1_000;
    private const int MaxUnindexed = 100_000;
    private readonly KernelDb _db;
    private readonly Contributions _contributions;
    private readonly TitleKeys _keys;
    private readonly TimeProvider _clock;
    private readonly TextSearch _search;
    private readonly RecordFields<T> _fields;
    private readonly RecordViews<T> _views;
    private readonly RecordWriter<T> _writer;
    private readonly RecordEdits<T> _edits;
    private readonly LinkNames _names;
    private readonly IEnumerable<IRecordAdvice> _advice;
    private TimeZoneInfo? _zone;

    public RecordDoor(
        KernelDb db, RecordTypes types, Contributions contributions, TitleKeys keys, TimeProvider clock, TextSearch search, IServiceProvider services)
    {
        (_db, _contributions, _keys, _clock) = (db, contributions, keys, clock);
        _advice = services.GetServices<IRecordAdvice>();
        Type = types.Of(typeof(T));
        _names = new LinkNames(db, types);
        _search = search;
        _fields = new RecordFields<T>(db, Type, contributions);
        _views = new RecordViews<T>(db, types, _names);
        _writer = new RecordWriter<T>(db, (RecordType<T>)Type, _fields, _views, new ValueCheck(db, _names), clock, services);
        _edits = new RecordEdits<T>(db, (RecordType<T>)Type, _writer, clock);
    }

    public RecordType Type { get; }

    public async Task<IReadOnlyList<RecordField>> FieldsAsync(CancellationToken ct) => await _fields.ReadableAsync(ct);

    public async Task<bool> MayWriteAsync(RecordField field, bool creating, CancellationToken ct)
    {
        var rights = await _db.RightsAsync(ct);
        return !Type.IsUnion && rights.May(Type.EditPermission) && FieldRights.MayWrite(field, rights, creating);
    }

    public object? Fresh(RecordField field) => field.ContributedBy is null ? DoorValue.Of(field.Read(((RecordType<T>)Type).Create(null))) : null;

    public async Task<RecordPage> ListAsync(RecordQuery query, CancellationToken ct)
    {
        await EnsureMaySeeAsync(ct);
        var sort = string.IsNullOrWhiteSpace(query.Sort) ? Type.Order : query.Sort;
        var order = new SortOrder<T>(sort, await _fields.ReadyAsync(n => sort?.Contains(n, StringComparison.OrdinalIgnoreCase) == true, ct));
        var shown = await _fields.NamedAsync(query.Fields, ct);
        var limit = Math.Clamp(query.Limit, 1, 200);
        long? count = query.Count ? await (await FilteredAsync(query.Filter, query.Text, ct)).LongCountAsync(ct) : null;
        var ranges = await RangesAsync(query.Filter, query.Text, ct);
        var keys = order.IsByTitle && ranges is not null
            ? await ByTitleAsync(ranges, order, query.After, limit + 1, ct)
            : await ByOrderAsync(await CustomOrderAsync(await SortableAsync(query, order.IsOnSpine && ranges is [_], ct), order, ct), order, query.After, limit + 1, ct);
        string? next = null;
        if (keys.Count > limit)
        {
            keys.RemoveAt(limit);
            next = PageCursor.Write(order.Text, (Guid)keys[^1][0]!, keys[^1].Skip(1));
        }

        return new(await LoadAsync(keys.ConvertAll(k => (Guid)k[0]!), shown, ct), next, count);
    }

    public async Task<int> CountAsync(string? filter, int atMost, CancellationToken ct)
    {
        await EnsureMaySeeAsync(ct);
        return await RangesAsync(filter, null, ct) is { } ranges
            ? await TitlePages.CountAsync(ranges, atMost, ct)
            : await (await FilteredAsync(filter, null, ct)).Take(atMost).CountAsync(ct);
    }

    public async Task<IReadOnlyList<SummaryRow>> SummaryAsync(string group, string? sum, string? filter, CancellationToken ct)
    {
        await EnsureMaySeeAsync(ct);
        var summary = new RecordSummary<T>(await _fields.ReadableAsync(ct), await ClockAsync(ct), _names);
        return await summary.OfAsync(await FilteredAsync(filter, null, ct), group, sum, ct);
    }

    public async Task<RecordView?> FindAsync(Guid id, CancellationToken ct)
    {
        await EnsureMaySeeAsync(ct);
        var seen = await _db.VisibleAmongAsync([id], ct, Type.Kinds);
        return (await LoadAsync([id], await _fields.NamedAsync(null, ct), ct, seen)).SingleOrDefault();
    }

    public Task<RecordView> CreateAsync(IReadOnlyDictionary<string, object?> values, Guid? about, CancellationToken ct) =>
        WriteAsync(() => _writer.CreateAsync(values, about, ct), ct);

    public Task<RecordView> UpdateAsync(Guid id, IReadOnlyDictionary<string, object?> values, long? ifVersion, CancellationToken ct) =>
        WriteAsync(() => _writer.UpdateAsync(id, values, ifVersion, ct), ct, id);

    public async Task<IReadOnlyList<RuleMessage>> AdviceAsync(Guid id, CancellationToken ct)
    {
        var rights = await _db.RightsAsync(ct);
        var said = new List<RuleMessage>();
        foreach (var advice in _advice.Where(a => a.Kinds.Contains(Type.Name, StringComparer.Ordinal) && _contributions.IsOn(a.GetType(), rights)))
            said.AddRange(await advice.OnAsync(id, ct));
        return said;
    }

    public Task DeleteAsync(Guid id, long? ifVersion, CancellationToken ct) =>
        WriteAsync(() => _writer.DeleteAsync(id, ifVersion, ct), ct, id);

    public Task RestoreAsync(Guid id, CancellationToken ct) =>
        WriteAsync(() => _writer.RestoreAsync(id, ct), ct, id);

    public Task<RecordView> DoAsync(Guid id, string verb, IReadOnlyDictionary<string, object?> input, long? ifVersion, CancellationToken ct) =>
        WriteAsync(() => _writer.DoAsync(id, verb, input, ifVersion, ct), ct, id);

    public async Task<IReadOnlyList<Guid>> IdsAsync(string? filter, DateTimeOffset until, Guid after, int limit, CancellationToken ct)
    {
        await EnsureMaySeeAsync(ct);
        return await (await FilteredAsync(filter, null, ct)).Where(r => r.Id > after && r.Spine.CreatedAt <= until)
            .OrderBy(r => r.Id).Take(limit).Select(r => r.Id).ToListAsync(ct);
    }

    public async Task<IReadOnlyList<RecordDay>> DaysAsync(string field, string? filter, Guid after, int limit, CancellationToken ct)
    {
        await EnsureMaySeeAsync(ct);
        if (RecordFields<T>.Find(await _fields.ReadyAsync(n => string.Equals(n, field, StringComparison.OrdinalIgnoreCase), ct), field) is not { Kind: FieldKind.Date, Column: { } column })
            throw new RuleViolation("field", "There is no such field of days.");
        var rows = (await FilteredAsync(filter, null, ct)).Where(r => r.Id > after);
        var row = Expression.Parameter(typeof(T), "r");
        var day = Expression.Convert(Columns.Of(column, row), typeof(DateOnly?));
        var isGiven = Expression.Lambda<Func<T, bool>>(Expression.NotEqual(day, Expression.Constant(null, typeof(DateOnly?))), row);
        var pair = Expression.MemberInit(
            Expression.New(typeof(IdDay)),
            Expression.Bind(typeof(IdDay).GetProperty(nameof(IdDay.Id))!, Expression.Property(row, nameof(IRecord.Id))),
            Expression.Bind(typeof(IdDay).GetProperty(nameof(IdDay.Day))!, day));
        var found = await rows.Where(isGiven).OrderBy(r => r.Id).Take(limit).Select(Expression.Lambda<Func<T, IdDay>>(pair, row)).ToListAsync(ct);
        return found.ConvertAll(f => new RecordDay(f.Id, f.Day!.Value));
    }

    public async Task<IReadOnlyList<EditedRecord>> EditAsync(RecordEdit edit, IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        await EnsureMaySeeAsync(ct);
        return await _edits.DoAsync(edit, ids, ct);
    }

    public async Task<IReadOnlyList<EditedRecord>> UndoAsync(IReadOnlyList<BulkRow> rows, CancellationToken ct)
    {
        await EnsureMaySeeAsync(ct);
        return await _edits.UndoAsync(rows, ct);
    }

    private async Task<TResult> WriteAsync<TResult>(Func<Task<TResult>> write, CancellationToken ct, Guid? id = null)
    {
        await EnsureMaySeeAsync(ct);
        try
        {
            return await write();
        }
        catch (DbUpdateConcurrencyException)
        {
            // Whatever was half done is forgotten, so that the next save doesn't bring it.
            _db.ChangeTracker.Clear();
            throw new StaleRecord((id is { } changed ? await FindAsync(changed, ct) : null) ?? throw new RecordMissing());
        }
        catch (DbUpdateException failure) when (Failures.IsDuplicate(failure))
        {
            _db.ChangeTracker.Clear();
            throw Duplicates.ToViolation(failure);
        }
        catch
        {
            _db.ChangeTracker.Clear();
            throw;
        }
    }

    // The index of a custom field is one of its kind's, so the kind is said. Without it a long list would be sorted as a whole.
    private async Task<IQueryable<T>> CustomOrderAsync(IQueryable<T> rows, SortOrder<T> order, CancellationToken ct)
    {
        if (!order.IsCustom)
            return rows;
        if (order.Slow is { } slow && await _db.Records.Where(r => r.Kind == Type.Name && r.DeletedAt == null).OrderBy(r => r.SortKey).Skip(MaxUnindexed).AnyAsync(ct))
            throw new BadFilter($"More than {MaxUnindexed} records can't be sorted by '{slow}': mark the field as listed, and wait until its index is built", 1);
        return rows.Where(SortOrder<T>.IsOf(Type.Name));
    }

    private async Task EnsureMaySeeAsync(CancellationToken ct)
    {
        var rights = await _db.RightsAsync(ct);
        if (!rights.May(Type.ViewPermission) || !_contributions.IsOn(Type.GetType(), rights))
            throw new NotAllowed();
    }

    // All that the reader sees, where nothing narrows it.
    private async Task<IReadOnlyList<IQueryable<Spine>>?> RangesAsync(string? filter, string? text, CancellationToken ct) =>
        FilterParser.Read(filter) is null && string.IsNullOrWhiteSpace(text) ? await _db.VisibleRangesAsync(Type.Kinds, ct) : null;

    private static async Task<List<object?[]>> ByTitleAsync(
        IReadOnlyList<IQueryable<Spine>> ranges, SortOrder<T> order, string? cursor, int count, CancellationToken ct)
    {
        TitleRow? after = null;
        if (cursor is { Length: > 0 })
        {
            var (id, values) = PageCursor.Read(cursor, order.Text, order.Types);
            after = new TitleRow { Id = id, Key = (SortKey)values[0]! };
        }

        return (await TitlePages.ReadAsync(ranges, order.IsDescending, after, count, ct)).ConvertAll(r => new object?[] { r.Id, r.Key });
    }

    // Who sees a whole kind, in an order that the spine knows, finds it in the kind's own index.
    private async Task<IQueryable<T>> SortableAsync(RecordQuery query, bool isWholeKind, CancellationToken ct)
    {
        var rows = await FilteredAsync(query.Filter, query.Text, ct);
        var kind = Type.Kinds[0];
        return isWholeKind ? rows.Where(r => r.Spine.Kind == kind) : rows;
    }

    private static async Task<List<object?[]>> ByOrderAsync(IQueryable<T> rows, SortOrder<T> order, string? cursor, int count, CancellationToken ct)
    {
        if (cursor is { Length: > 0 })
        {
            var (id, values) = PageCursor.Read(cursor, order.Text, order.Types);
            rows = rows.Where(order.After(id, values));
        }

        return await order.Apply(rows).Select(order.Keys()).Take(count).ToListAsync(ct);
    }

    private async Task<IQueryable<T>> FilteredAsync(string? filter, string? text, CancellationToken ct)
    {
        var read = FilterParser.Read(filter);
        var isWhole = read is null && string.IsNullOrWhiteSpace(text);
        var rows = (isWhole ? await _db.VisibleWholeAsync<T>(ct) : await _db.VisibleListAsync<T>(ct)).AsNoTracking();
        if (read is { } node)
        {
            var me = (await _db.RightsAsync(ct)).UserId;
            node = await new Segments(_db, Type.Name).ExpandAsync(node, ct);
            var readable = await _fields.ReadyAsync(node, ct);
            rows = rows.Where(new FilterBinder<T>(n => RecordFields<T>.Find(readable, n), await ClockAsync(ct), me, _keys, await _db.Known.HeirsAsync(ct)).Bind(node));
        }

        if (string.IsNullOrWhiteSpace(text))
            return rows;
        var ids = await _search.BestAsync(text, Type.Kinds, MaxHits, ct);
        return rows.Where(r => ids.Contains(r.Id));
    }

    private async Task<FilterClock> ClockAsync(CancellationToken ct)
    {
        if (_zone is null)
        {
            var me = (await _db.RightsAsync(ct)).UserId;
            var name = await _db.Set<User>().Where(u => u.Id == me).Select(u => u.TimeZone).FirstOrDefaultAsync(ct);
            _zone = TimeZoneInfo.TryFindSystemTimeZoneById(string.IsNullOrEmpty(name) ? "UTC" : name, out var zone) ? zone : TimeZoneInfo.Utc;
        }

        return new(_clock.GetUtcNow(), _zone);
    }

    // A list's rows are known to be visible: they are loaded by key, in the list's order.
    private async Task<IReadOnlyList<RecordView>> LoadAsync(List<Guid> ids, IReadOnlyList<RecordField> shown, CancellationToken ct, IQueryable<Spine>? among = null)
    {
        if (ids.Count == 0)
            return [];
        var loaded = await new RecordParts<T>(_db).LoadAsync(ids, RecordViews<T>.Needed(Type, shown), among, ct);
        return await _views.OfAsync(ids.Where(loaded.ContainsKey).Select(i => loaded[i]).ToList(), shown, ct);
    }
}

/// <summary>A record and a day that it holds.</summary>
internal sealed class IdDay
{
    public Guid Id { get; init; }

    public DateOnly? Day { get; init; }
}
