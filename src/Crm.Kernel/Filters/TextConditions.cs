using System.Linq.Expressions;
using System.Reflection;
using System.Text;

namespace Crm.Kernel.Filters;

/// <summary>
/// Conditions on text, without regard to case. Both databases lower the column (SQLite by a function of ours, its own knows
/// ASCII only); a PostgreSQL of the C locale lowers ASCII only, so that other text is also compared as it was written.
/// </summary>
internal static class TextConditions
{
    private static readonly MethodInfo _lower = typeof(string).GetMethod(nameof(string.ToLower), [])!;
    private static readonly MethodInfo _contains = typeof(string).GetMethod(nameof(string.Contains), [typeof(string)])!;
    private static readonly MethodInfo _starts = typeof(string).GetMethod(nameof(string.StartsWith), [typeof(string)])!;
    private static readonly MethodInfo _compare = typeof(string).GetMethod(nameof(string.Compare), [typeof(string), typeof(string)])!;

    public static Expression Lower(Expression column) => Expression.Call(column, _lower);

    public static Expression IsEmpty(Expression column) => Expression.OrElse(
        Expression.Equal(column, Expression.Constant(null, typeof(string))), Expression.Equal(column, Expression.Constant("")));

    public static Expression Order(Expression column, Expression value) => Expression.Call(_compare, column, value);

    public static Expression Make(Expression column, FilterOperator how, IReadOnlyList<string> values)
    {
        if (how == FilterOperator.In)
            return AnyOf(column, values);
        var text = values[0];
        if (text.Length == 0 && how is FilterOperator.Eq or FilterOperator.Ne)
            return how == FilterOperator.Eq ? IsEmpty(column) : Expression.Not(IsEmpty(column));
        return how switch
        {
            FilterOperator.Eq => Both(column, text, Expression.Equal),
            FilterOperator.Ne => Expression.OrElse(
                Expression.Equal(column, Expression.Constant(null, typeof(string))), Expression.Not(Both(column, text, Expression.Equal))),
            FilterOperator.Contains => Both(column, text, (c, v) => Expression.Call(c, _contains, v)),
            FilterOperator.Starts => Both(column, text, (c, v) => Expression.Call(c, _starts, v)),
            _ => Ordered(Lower(column), how, text),
        };
    }

    /// <summary>The same on text that is folded already.</summary>
    public static Expression Folded(Expression column, FilterOperator how, IReadOnlyList<string> folded) => how switch
    {
        FilterOperator.In => Held.AnyOf(column, folded),
        FilterOperator.Contains => Expression.Call(column, _contains, Held.Of(folded[0], typeof(string))),
        FilterOperator.Starts => Expression.Call(column, _starts, Held.Of(folded[0], typeof(string))),
        FilterOperator.Ne => Expression.NotEqual(column, Held.Of(folded[0], typeof(string))),
        _ => Expression.Equal(column, Held.Of(folded[0], typeof(string))),
    };

    private static Expression AnyOf(Expression column, IReadOnlyList<string> values)
    {
        var lowered = Held.AnyOf(Lower(column), values.Select(Lowered));
        return values.All(v => Ascii.IsValid(v)) ? lowered : Expression.OrElse(Held.AnyOf(column, values), lowered);
    }

    private static Expression Both(Expression column, string text, Func<Expression, Expression, Expression> test)
    {
        var lowered = test(Lower(column), Held.Of(Lowered(text), typeof(string)));
        return Ascii.IsValid(text) ? lowered : Expression.OrElse(test(column, Held.Of(text, typeof(string))), lowered);
    }

    private static BinaryExpression Ordered(Expression column, FilterOperator how, string text)
    {
        var order = Order(column, Held.Of(Lowered(text), typeof(string)));
        var zero = Expression.Constant(0);
        return how switch
        {
            FilterOperator.Lt => Expression.LessThan(order, zero),
            FilterOperator.Le => Expression.LessThanOrEqual(order, zero),
            FilterOperator.Gt => Expression.GreaterThan(order, zero),
            _ => Expression.GreaterThanOrEqual(order, zero),
        };
    }

#pragma warning disable CA1308 // The databases lower, so we do.
    private static string Lowered(string text) => text.ToLowerInvariant();
#pragma warning restore CA1308
}
