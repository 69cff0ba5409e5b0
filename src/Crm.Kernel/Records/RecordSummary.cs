using System.Linq.Expressions;
using Crm.Abstractions.Records;
using Crm.Kernel.Filters;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.Records;

/// <summary>Counts and sums by group, over rows that the reader may see.</summary>
internal sealed class RecordSummary<T>(IReadOnlyList<RecordField> fields, FilterClock clock, LinkNames names)
    where T : class, IRecord
{
    private const int MaxGroups = 1_000;

    public async Task<IReadOnlyList<SummaryRow>> OfAsync(IQueryable<T> rows, string group, string? sum, CancellationToken ct)
    {
        var (name, bucket) = group.IndexOf(':', StringComparison.Ordinal) is var at and >= 0 ? (group[..at], group[(at + 1)..]) : (group, null);
        var field = FieldOf(name);
        var row = Expression.Parameter(typeof(T), "r");
        var number = string.IsNullOrWhiteSpace(sum) ? null : NumberOf(sum, row, field);
        if (field.Kind is FieldKind.Date or FieldKind.Instant && (bucket is not null || field.Kind == FieldKind.Instant))
            return await ByTimeAsync(rows, field, bucket, row, number, ct);
        if (bucket is not null || field is { IsCustom: true, Kind: FieldKind.Link } || field.Kind is not (FieldKind.Date or FieldKind.OneOf or FieldKind.YesNo or FieldKind.Link or FieldKind.User or FieldKind.Department))
            throw new BadFilter($"'{group}' can't be grouped by", 1);
        var found = await GroupedAsync(rows, Columns.Of(field.Column!, row), row, number, ct);
        var pointers = found.Select(f => DoorValue.Of(f.Key)).OfType<Guid>().ToList();
        var links = pointers.Count == 0 ? [] : await names.OfAsync(field.Kind, pointers, ct);
        return found.Select(f => f with { Key = DoorValue.Of(f.Key) is Guid id ? links.GetValueOrDefault(id) ?? LinkNames.Hidden(field, id) : DoorValue.Of(f.Key) }).ToList();
    }

    private RecordField FieldOf(string name)
    {
        var field = RecordFields<T>.Find(fields, name.Trim()) ?? throw new BadFilter($"There is no field '{name}'", 1);
        return field is { Column: not null, IsFilterable: true, ContributedBy: null } ? field : throw new BadFilter($"The field '{field.Name}' can't be grouped or summed", 1);
    }

    private Expression NumberOf(string name, Expression row, RecordField group)
    {
        var field = FieldOf(name);
        if (field.Kind == FieldKind.Money && group.Name != field.Name + ".currency")
            throw new BadFilter($"Amounts of several currencies make no sum: group by '{field.Name}.currency'", 1);
        if (field.Kind is not (FieldKind.Number or FieldKind.Money))
            throw new BadFilter($"The field '{field.Name}' is no number", 1);
        var column = Columns.Of(field.Column!, row);
        var type = Nullable.GetUnderlyingType(column.Type) ?? column.Type;
        return Expression.Convert(column, Numbers.IsWhole(type) ? typeof(long?) : typeof(double?));
    }

    private async Task<IReadOnlyList<SummaryRow>> ByTimeAsync(
        IQueryable<T> rows, RecordField field, string? bucket, ParameterExpression row, Expression? number, CancellationToken ct)
    {
        if (bucket is not ("day" or "month" or "year"))
            throw new BadFilter($"Group by '{field.Name}:day', '{field.Name}:month' or '{field.Name}:year'", 1);
        var column = Columns.Of(field.Column!, row);
        var nullable = column.Type.IsValueType && Nullable.GetUnderlyingType(column.Type) is null ? Expression.Convert(column, typeof(Nullable<>).MakeGenericType(column.Type)) : column;
        var buckets = await BucketsAsync(rows, nullable, row, bucket, ct);
        if (buckets.Count == 0)
            return await rows.AnyAsync(ct) ? await GroupedAsync(rows, Expression.Constant(null, typeof(int?)), row, number, ct) : [];
        var isDay = field.Kind == FieldKind.Date;
        var starts = buckets.ConvertAll(b => isDay ? (object)b : clock.StartOf(b));
        var index = Expression.Condition(
            Expression.Equal(nullable, Expression.Constant(null, nullable.Type)), Expression.Constant(null, typeof(int?)), Search(nullable, starts, 0, starts.Count));
        var format = bucket switch { "day" => "yyyy-MM-dd", "month" => "yyyy-MM", _ => "yyyy" };
        var found = await GroupedAsync(rows, index, row, number, ct);
        return found.Select(f => f with { Key = f.Key is int i ? buckets[i].ToString(format, System.Globalization.CultureInfo.InvariantCulture) : null })
            .OrderBy(f => f.Key as string, StringComparer.Ordinal).ToList();
    }

    // The index of the last start that isn't after the value, by halves: bounds in the user's zone, the same on both databases.
    private static Expression Search(Expression value, List<object> starts, int from, int count)
    {
        if (count == 1)
            return Expression.Constant(from, typeof(int?));
        var half = count / 2;
        return Expression.Condition(
            Expression.LessThan(value, Held.Of(starts[from + half], value.Type)), Search(value, starts, from, half), Search(value, starts, from + half, count - half));
    }

    private async Task<List<DateOnly>> BucketsAsync(IQueryable<T> rows, Expression value, ParameterExpression row, string bucket, CancellationToken ct)
    {
        var (least, most) = value.Type == typeof(DateOnly?)
            ? await RangeAsync<DateOnly>(rows, value, row, ct)
            : await RangeAsync<DateTimeOffset>(rows, value, row, ct) is ({ } a, { } b) ? (clock.DayOf(a), clock.DayOf(b)) : (null, null);
        var starts = new List<DateOnly>();
        if (least is not { } first || most is not { } last)
            return starts;
        for (var day = Floor(first, bucket); day <= last && day.Year < 9998; day = bucket switch { "day" => day.AddDays(1), "month" => day.AddMonths(1), _ => day.AddYears(1) })
        {
            if (starts.Count == MaxGroups)
                throw new BadFilter($"This makes more than {MaxGroups} groups: filter by time, or take larger steps", 1);
            starts.Add(day);
        }

        return starts;
    }

    private static DateOnly Floor(DateOnly day, string bucket) => bucket switch
    {
        "day" => day,
        "month" => new DateOnly(day.Year, day.Month, 1),
        _ => new DateOnly(day.Year, 1, 1),
    };

    private static async Task<(TValue? Least, TValue? Most)> RangeAsync<TValue>(IQueryable<T> rows, Expression value, ParameterExpression row, CancellationToken ct)
        where TValue : struct
    {
        var of = Expression.Lambda<Func<T, TValue?>>(value, row);
        var values = rows.Select(of).Where(v => v != null);
        return (await values.OrderBy(v => v).FirstOrDefaultAsync(ct), await values.OrderByDescending(v => v).FirstOrDefaultAsync(ct));
    }

    private static Task<List<SummaryRow>> GroupedAsync(IQueryable<T> rows, Expression key, ParameterExpression row, Expression? number, CancellationToken ct)
    {
        number ??= Expression.Constant(0L, typeof(long?));
        var method = typeof(RecordSummary<T>).GetMethod(nameof(GroupAsync), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!
            .MakeGenericMethod(key.Type);
        return (Task<List<SummaryRow>>)method.Invoke(null, [rows, key, row, number, ct])!;
    }

    private static async Task<List<SummaryRow>> GroupAsync<TKey>(IQueryable<T> rows, Expression key, ParameterExpression row, Expression number, CancellationToken ct)
    {
        var isWhole = number.Type == typeof(long?);
        var pair = Expression.MemberInit(
            Expression.New(typeof(Grouped<TKey>)),
            Expression.Bind(typeof(Grouped<TKey>).GetProperty(nameof(Grouped<TKey>.Key))!, key),
            Expression.Bind(typeof(Grouped<TKey>).GetProperty(isWhole ? nameof(Grouped<TKey>.Whole) : nameof(Grouped<TKey>.Real))!, number));
        var pairs = rows.Select(Expression.Lambda<Func<T, Grouped<TKey>>>(pair, row)).GroupBy(p => p.Key);
        var sums = isWhole
            ? pairs.Select(g => new { g.Key, Count = g.LongCount(), Whole = g.Sum(p => p.Whole), Real = (double?)null })
            : pairs.Select(g => new { g.Key, Count = g.LongCount(), Whole = (long?)null, Real = g.Sum(p => p.Real) });
        var found = await sums.OrderByDescending(s => s.Count).Take(MaxGroups).ToListAsync(ct);
        var hasSum = number is not ConstantExpression;
        return found.ConvertAll(f => new SummaryRow(f.Key, f.Count, hasSum ? (decimal?)DoorValue.Of(isWhole ? f.Whole : f.Real) : null));
    }
}

/// <summary>A row with what it is grouped by and what is summed.</summary>
internal sealed class Grouped<TKey>
{
    public TKey Key { get; init; } = default!;

    public long? Whole { get; init; }

    public double? Real { get; init; }
}
