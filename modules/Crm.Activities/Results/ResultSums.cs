using System.Linq.Expressions;
using Crm.Abstractions.Data;
using Crm.Activities.Interactions;
using Microsoft.EntityFrameworkCore;

namespace Crm.Activities.Results;

/// <summary>By what results are summed.</summary>
internal enum ResultGroup
{
    Customer,
    User,
    Month,
}

/// <summary>A span of time.</summary>
/// <param name="From">Its first moment.</param>
/// <param name="Until">The first moment after it.</param>
internal sealed record Span(DateTimeOffset From, DateTimeOffset Until);

/// <summary>What contacts brought in one currency. What nobody confirmed yet stands apart and is never added in.</summary>
internal sealed class ResultSum
{
    private readonly Dictionary<(ResultMoney Money, bool IsConfirmed), decimal> _sums = [];

    /// <summary>The customer's or the colleague's id, or the number of the month from 1; null where there is none.</summary>
    public object? Key { get; init; }

    public string Currency { get; init; } = "";

    public decimal Of(ResultMoney money, bool isConfirmed) => _sums.GetValueOrDefault((money, isConfirmed));

    public void Add(ResultMoney money, bool isConfirmed, decimal sum) => _sums[(money, isConfirmed)] = Of(money, isConfirmed) + sum;

    /// <summary>All of it, for the order of rows.</summary>
    public decimal Total => _sums.Values.Sum();
}

/// <summary>Sums the results of the contacts that the reader may see: claimed and confirmed ones; what was rejected or reversed counts no more.</summary>
internal sealed class ResultSums(CrmDb db)
{
    private const decimal TenThousandths = 10_000m;

    public Task<IReadOnlyList<ResultSum>> ByCustomerAsync(Span span, Guid? user, CancellationToken ct) => ByAsync(span, user, i => i.Spine.DecidedById, ct);

    public Task<IReadOnlyList<ResultSum>> ByUserAsync(Span span, Guid? user, CancellationToken ct) => ByAsync(span, user, i => i.UserId, ct);

    /// <param name="starts">The first moments of the span's months.</param>
    /// <param name="user">A colleague whose results alone count, or null.</param>
    public Task<IReadOnlyList<ResultSum>> ByMonthAsync(Span span, IReadOnlyList<DateTimeOffset> starts, Guid? user, CancellationToken ct) => ByAsync(span, user, MonthOf(starts), ct);

    private async Task<IReadOnlyList<ResultSum>> ByAsync<TKey>(Span span, Guid? user, Expression<Func<Interaction, TKey>> key, CancellationToken ct)
    {
        var (from, until) = (span.From, span.Until);
        var brought = (await db.VisibleWholeAsync<Interaction>(ct)).AsNoTracking().Where(i =>
            (i.ResultState == ResultState.Claimed || i.ResultState == ResultState.Confirmed) && i.ResultAmount != null && i.At >= from && i.At < until);
        if (user is not null)
            brought = brought.Where(i => i.UserId == user);
        var keyed = brought.Select(Keyed(key));
        var found = await keyed.GroupBy(b => new { b.Key, b.Currency, b.Money, b.State })
            .Select(g => new { g.Key.Key, g.Key.Currency, g.Key.Money, g.Key.State, Sum = g.Sum(b => b.Amount) }).ToListAsync(ct);
        var sums = new Dictionary<(object?, string), ResultSum>();
        foreach (var row in found)
        {
            if (!sums.TryGetValue((row.Key, row.Currency!), out var sum))
                sums[(row.Key, row.Currency!)] = sum = new ResultSum { Key = row.Key, Currency = row.Currency! };
            sum.Add(row.Money!.Value, row.State == ResultState.Confirmed, (row.Sum ?? 0) / TenThousandths);
        }

        return [.. sums.Values.OrderBy(s => s.Currency, StringComparer.Ordinal).ThenByDescending(s => s.Total)];
    }

    private static Expression<Func<Interaction, Brought<TKey>>> Keyed<TKey>(Expression<Func<Interaction, TKey>> key)
    {
        Expression<Func<Interaction, Brought<TKey>>> shape = i => new Brought<TKey> { Currency = i.ResultCurrency, Money = i.ResultMoney, State = i.ResultState, Amount = i.ResultAmount };
        var made = (MemberInitExpression)shape.Body;
        var bound = Expression.Bind(typeof(Brought<TKey>).GetProperty(nameof(Brought<TKey>.Key))!, Row.In(key.Body, key.Parameters[0], shape.Parameters[0]));
        return Expression.Lambda<Func<Interaction, Brought<TKey>>>(made.Update(made.NewExpression, made.Bindings.Append(bound)), shape.Parameters);
    }

    // The latest start is asked of first; twelve bounds in the reader's zone: how a database cuts months out of moments differs from one to the next.
    private static Expression<Func<Interaction, int>> MonthOf(IReadOnlyList<DateTimeOffset> starts)
    {
        Expression<Func<Interaction, DateTimeOffset>> at = i => i.At;
        Expression month = Expression.Constant(1);
        for (var i = 1; i < starts.Count; i++)
        {
            var start = starts[i];
            Expression<Func<DateTimeOffset>> held = () => start;
            month = Expression.Condition(Expression.LessThan(at.Body, held.Body), month, Expression.Constant(i + 1));
        }

        return Expression.Lambda<Func<Interaction, int>>(month, at.Parameters);
    }

    private sealed class Brought<TKey>
    {
        public TKey Key { get; init; } = default!;

        public string? Currency { get; init; }

        public ResultMoney? Money { get; init; }

        public ResultState? State { get; init; }

        public long? Amount { get; init; }
    }

    private sealed class Row(ParameterExpression what, Expression with) : ExpressionVisitor
    {
        public static Expression In(Expression where, ParameterExpression what, Expression with) => new Row(what, with).Visit(where);

        protected override Expression VisitParameter(ParameterExpression node) => node == what ? with : base.VisitParameter(node);
    }
}
