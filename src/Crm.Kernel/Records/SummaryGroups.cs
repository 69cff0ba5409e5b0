using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.Records;

/// <summary>Rows that were alike in all that they are grouped by.</summary>
internal sealed record GroupedRows(IReadOnlyList<object?> Keys, long Count, decimal? Sum);

/// <summary>Groups rows by up to four values in the database, the largest groups first.</summary>
internal static class SummaryGroups<T>
{
    public static Task<List<GroupedRows>> ReadAsync(
        IQueryable<T> rows, IReadOnlyList<Expression> keys, ParameterExpression row, Expression? number, int most, CancellationToken ct)
    {
        // What is constant groups nothing, and not every database takes it there.
        number ??= Expression.Constant(0L, typeof(long?));
        var (name, types) = keys.Count == 1 ? (nameof(OneAsync), new[] { keys[0].Type }) : (nameof(SeveralAsync), [.. Four(keys).Select(k => k.Type)]);
        var method = typeof(SummaryGroups<T>).GetMethod(name, System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!.MakeGenericMethod(types);
        return (Task<List<GroupedRows>>)method.Invoke(null, [rows, keys, row, number, most, ct])!;
    }

    // Where there are fewer, the first is said again: it groups no further.
    private static IEnumerable<Expression> Four(IReadOnlyList<Expression> keys) => keys.Concat(Enumerable.Repeat(keys[0], 4)).Take(4);

    private static async Task<List<GroupedRows>> OneAsync<TKey>(
        IQueryable<T> rows, IReadOnlyList<Expression> keys, ParameterExpression row, Expression number, int most, CancellationToken ct)
    {
        var pairs = rows.Select(Row<Grouped<TKey>>(row, number, keys, nameof(Grouped<TKey>.Key))).GroupBy(p => p.Key);
        var sums = number.Type == typeof(long?)
            ? pairs.Select(g => new { g.Key, Count = g.LongCount(), Whole = g.Sum(p => p.Whole), Real = (double?)null })
            : pairs.Select(g => new { g.Key, Count = g.LongCount(), Whole = (long?)null, Real = g.Sum(p => p.Real) });
        var found = await sums.OrderByDescending(s => s.Count).Take(most).ToListAsync(ct);
        return found.ConvertAll(f => new GroupedRows([f.Key], f.Count, SumOf(number, f.Whole, f.Real)));
    }

    private static async Task<List<GroupedRows>> SeveralAsync<T1, T2, T3, T4>(
        IQueryable<T> rows, IReadOnlyList<Expression> keys, ParameterExpression row, Expression number, int most, CancellationToken ct)
    {
        var wanted = keys.Count;
        var pairs = rows.Select(Row<Grouped<T1, T2, T3, T4>>(row, number, [.. Four(keys)], "First", "Second", "Third", "Fourth"))
            .GroupBy(p => new { p.First, p.Second, p.Third, p.Fourth });
        var sums = number.Type == typeof(long?)
            ? pairs.Select(g => new { g.Key, Count = g.LongCount(), Whole = g.Sum(p => p.Whole), Real = (double?)null })
            : pairs.Select(g => new { g.Key, Count = g.LongCount(), Whole = (long?)null, Real = g.Sum(p => p.Real) });
        var found = await sums.OrderByDescending(s => s.Count).Take(most).ToListAsync(ct);
        return found.ConvertAll(f => new GroupedRows(
            [.. new object?[] { f.Key.First, f.Key.Second, f.Key.Third, f.Key.Fourth }.Take(wanted)], f.Count, SumOf(number, f.Whole, f.Real)));
    }

    private static Expression<Func<T, TRow>> Row<TRow>(ParameterExpression row, Expression number, IReadOnlyList<Expression> keys, params string[] names)
    {
        var bound = names.Select((name, i) => (MemberBinding)Expression.Bind(typeof(TRow).GetProperty(name)!, keys[i]))
            .Append(Expression.Bind(typeof(TRow).GetProperty(number.Type == typeof(long?) ? "Whole" : "Real")!, number));
        return Expression.Lambda<Func<T, TRow>>(Expression.MemberInit(Expression.New(typeof(TRow)), bound), row);
    }

    private static decimal? SumOf(Expression number, long? whole, double? real) =>
        number is ConstantExpression ? null : (decimal?)DoorValue.Of(number.Type == typeof(long?) ? whole : real);
}

/// <summary>A row with what it is grouped by and what is summed.</summary>
internal sealed class Grouped<TKey>
{
    public TKey Key { get; init; } = default!;

    public long? Whole { get; init; }

    public double? Real { get; init; }
}

/// <summary>A row with the several values that it is grouped by and what is summed.</summary>
internal sealed class Grouped<T1, T2, T3, T4>
{
    public T1 First { get; init; } = default!;

    public T2 Second { get; init; } = default!;

    public T3 Third { get; init; } = default!;

    public T4 Fourth { get; init; } = default!;

    public long? Whole { get; init; }

    public double? Real { get; init; }
}
