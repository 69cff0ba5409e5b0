using System.Globalization;
using System.Linq.Expressions;
using Crm.Abstractions.Records;
using Crm.Kernel.Records;

namespace Crm.Kernel.Filters;

/// <summary>Conditions on numbers, days, moments, options, pointers and yes or no.</summary>
internal static class PlainConditions
{
    public static Expression Compare(Expression column, FilterOperator how, object value)
    {
        var held = Held.Of(value, column.Type);
        return how switch
        {
            FilterOperator.Eq => Expression.Equal(column, held),
            FilterOperator.Ne => Expression.NotEqual(column, held),
            FilterOperator.Lt => Expression.LessThan(column, held),
            FilterOperator.Le => Expression.LessThanOrEqual(column, held),
            FilterOperator.Gt => Expression.GreaterThan(column, held),
            FilterOperator.Ge => Expression.GreaterThanOrEqual(column, held),
            _ => throw new InvalidOperationException($"{how} compares no single values."),
        };
    }

    /// <summary>Equal, different, or one of several.</summary>
    public static Expression Same(Expression column, FilterOperator how, IReadOnlyList<object> values) =>
        how == FilterOperator.In ? Held.AnyOf(column, values) : Compare(column, how, values[0]);

    public static bool IsNullable(Type type) => !type.IsValueType || Nullable.GetUnderlyingType(type) is not null;

    public static Expression Null(Expression column, FilterOperator how)
    {
        if (!IsNullable(column.Type))
            return Expression.Constant(how == FilterOperator.Ne);
        var isNull = Expression.Equal(column, Expression.Constant(null, column.Type));
        return how == FilterOperator.Ne ? Expression.Not(isNull) : isNull;
    }

    public static Expression Number(Expression column, FilterOperator how, IReadOnlyList<FilterValue> values)
    {
        var type = Nullable.GetUnderlyingType(column.Type) ?? column.Type;
        var numbers = values.Select(v => decimal.TryParse(v.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new BadFilter("Expected a number", v.Position)).ToList();
        if (numbers.TrueForAll(n => Numbers.Fits(n, type)))
            return Same(column, how, numbers.ConvertAll(n => Convert.ChangeType(n, type, CultureInfo.InvariantCulture)));
        // 2.5 pieces are a question that a whole number can answer.
        var wide = Expression.Convert(column, column.Type == type ? typeof(double) : typeof(double?));
        return Same(wide, how, numbers.ConvertAll(n => (object)(double)n));
    }

    public static Expression Instant(Expression column, FilterOperator how, FilterValue value, FilterClock clock)
    {
        var (day, at) = clock.Read(value);
        if (day is null)
            return Compare(column, how, at!.Value);
        // A day is all its moments.
        var (first, next) = (clock.StartOf(day.Value), clock.StartOf(day.Value.AddDays(1)));
        return how switch
        {
            FilterOperator.Eq => Expression.AndAlso(Compare(column, FilterOperator.Ge, first), Compare(column, FilterOperator.Lt, next)),
            FilterOperator.Ne => Expression.Not(Expression.AndAlso(Compare(column, FilterOperator.Ge, first), Compare(column, FilterOperator.Lt, next))),
            FilterOperator.Lt => Compare(column, FilterOperator.Lt, first),
            FilterOperator.Le => Compare(column, FilterOperator.Lt, next),
            FilterOperator.Gt => Compare(column, FilterOperator.Ge, next),
            _ => Compare(column, FilterOperator.Ge, first),
        };
    }

    public static Expression Option(Expression column, FilterOperator how, RecordField field, IReadOnlyList<FilterValue> values)
    {
        var options = values.Select(v => field.Options.FirstOrDefault(o => string.Equals(o.Value, v.Text, StringComparison.OrdinalIgnoreCase))?.Value
            ?? (field.Options.Count == 0 ? v.Text : throw new BadFilter($"Expected one of {string.Join(", ", field.Options.Select(o => o.Value))}", v.Position)));
        var type = Nullable.GetUnderlyingType(column.Type) ?? column.Type;
        return type.IsEnum
            ? Same(column, how, options.Select(o => Enum.Parse(type, o, ignoreCase: true)).ToList())
            : Same(column, how, options.Cast<object>().ToList());
    }

    public static object Time(FilterValue value) =>
        TimeOnly.TryParseExact(value.Text, ["HH:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? time
            : throw new BadFilter("Expected a time of day as \"14:30\"", value.Position);

    public static Expression YesNo(Expression column, FilterOperator how, IReadOnlyList<FilterValue> values) =>
        Same(column, how, values.Select(object (v) => v switch
        {
            _ when v.Is("true") || v.Is("yes") => true,
            _ when v.Is("false") || v.Is("no") => false,
            _ => throw new BadFilter("Expected true or false", v.Position),
        }).ToList());
}
