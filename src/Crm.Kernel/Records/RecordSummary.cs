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

    private const int MaxParts = 4;

    /// <param name="group">A field, or several with a comma: then a row's key is the list of their values.</param>
    public async Task<IReadOnlyList<SummaryRow>> OfAsync(IQueryable<T> rows, string group, string? sum, CancellationToken ct)
    {
        var wanted = group.Split(',', StringSplitOptions.TrimEntries);
        if (wanted.Length > MaxParts)
            throw new BadFilter($"Group by at most {MaxParts} fields", 1);
        var row = Expression.Parameter(typeof(T), "r");
        var number = string.IsNullOrWhiteSpace(sum) ? null : NumberOf(sum, row, wanted);
        var parts = new List<SummaryPart>();
        foreach (var name in wanted)
            parts.Add(await PartAsync(rows, name, row, ct));
        var found = await SummaryGroups<T>.ReadAsync(rows, parts.ConvertAll(p => p.Key), row, number, MaxGroups, ct);
        var keys = new List<IReadOnlyList<object?>>();
        for (var i = 0; i < parts.Count; i++)
            keys.Add(await ShownAsync(parts[i], found.ConvertAll(f => f.Keys[i]), ct));
        var summed = found.Select((f, at) => new SummaryRow(parts.Count == 1 ? keys[0][at] : keys.ConvertAll(k => k[at]), f.Count, f.Sum));
        return parts is [{ Format: not null }] ? [.. summed.OrderBy(r => r.Key as string, StringComparer.Ordinal)] : [.. summed];
    }

    private async Task<SummaryPart> PartAsync(IQueryable<T> rows, string group, ParameterExpression row, CancellationToken ct)
    {
        var (name, bucket) = group.IndexOf(':', StringComparison.Ordinal) is var at and >= 0 ? (group[..at], group[(at + 1)..]) : (group, null);
        var field = FieldOf(name);
        if (field.Kind is FieldKind.Date or FieldKind.Instant && (bucket is not null || field.Kind == FieldKind.Instant))
            return await ByTimeAsync(rows, field, bucket, row, ct);
        if (bucket is not null || field is { IsCustom: true, Kind: FieldKind.Link } || field.Kind is not (FieldKind.Date or FieldKind.OneOf or FieldKind.YesNo or FieldKind.Link or FieldKind.User or FieldKind.Department))
            throw new BadFilter($"'{group}' can't be grouped by", 1);
        return new(field, Columns.Of(field.Column!, row));
    }

    // The values of a part as the doors have them: links with their names.
    private async Task<IReadOnlyList<object?>> ShownAsync(SummaryPart part, List<object?> keys, CancellationToken ct)
    {
        if (part.Format is { } format)
            return keys.ConvertAll(k => k is int i ? part.Starts[i].ToString(format, System.Globalization.CultureInfo.InvariantCulture) : null);
        var values = keys.ConvertAll(DoorValue.Of);
        var pointers = values.OfType<Guid>().ToList();
        var links = pointers.Count == 0 ? [] : await names.OfAsync(part.Field.Kind, pointers, ct);
        return values.ConvertAll(v => v is Guid id ? links.GetValueOrDefault(id) ?? LinkNames.Hidden(part.Field, id) : v);
    }

    private RecordField FieldOf(string name)
    {
        var field = RecordFields<T>.Find(fields, name.Trim()) ?? throw new BadFilter($"There is no field '{name}'", 1);
        return field is { Column: not null, IsFilterable: true, ContributedBy: null } ? field : throw new BadFilter($"The field '{field.Name}' can't be grouped or summed", 1);
    }

    private Expression NumberOf(string name, Expression row, IReadOnlyList<string> groups)
    {
        var field = FieldOf(name);
        if (field.Kind == FieldKind.Money && !groups.Contains(field.Name + ".currency", StringComparer.OrdinalIgnoreCase))
            throw new BadFilter($"Amounts of several currencies make no sum: group by '{field.Name}.currency'", 1);
        if (field.Kind is not (FieldKind.Number or FieldKind.Money))
            throw new BadFilter($"The field '{field.Name}' is no number", 1);
        var column = Columns.Of(field.Column!, row);
        var type = Nullable.GetUnderlyingType(column.Type) ?? column.Type;
        return Expression.Convert(column, Numbers.IsWhole(type) ? typeof(long?) : typeof(double?));
    }

    private async Task<SummaryPart> ByTimeAsync(IQueryable<T> rows, RecordField field, string? bucket, ParameterExpression row, CancellationToken ct)
    {
        if (bucket is not ("day" or "month" or "year"))
            throw new BadFilter($"Group by '{field.Name}:day', '{field.Name}:month' or '{field.Name}:year'", 1);
        var column = Columns.Of(field.Column!, row);
        var nullable = column.Type.IsValueType && Nullable.GetUnderlyingType(column.Type) is null ? Expression.Convert(column, typeof(Nullable<>).MakeGenericType(column.Type)) : column;
        var buckets = await BucketsAsync(rows, nullable, row, bucket, ct);
        var format = bucket switch { "day" => "yyyy-MM-dd", "month" => "yyyy-MM", _ => "yyyy" };
        if (buckets.Count == 0)
            return new(field, Expression.Constant(null, typeof(int?))) { Format = format };
        var isDay = field.Kind == FieldKind.Date;
        var starts = buckets.ConvertAll(b => isDay ? (object)b : clock.StartOf(b));
        var index = Expression.Condition(
            Expression.Equal(nullable, Expression.Constant(null, nullable.Type)), Expression.Constant(null, typeof(int?)), Search(nullable, starts, 0, starts.Count));
        return new(field, index) { Format = format, Starts = buckets };
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
}

/// <summary>One of the things that rows are grouped by.</summary>
/// <param name="Key">The value of a row; of a time, the number of its step.</param>
internal sealed record SummaryPart(RecordField Field, Expression Key)
{
    /// <summary>How a step of time is written; null for what isn't grouped by time.</summary>
    public string? Format { get; init; }

    public IReadOnlyList<DateOnly> Starts { get; init; } = [];
}
