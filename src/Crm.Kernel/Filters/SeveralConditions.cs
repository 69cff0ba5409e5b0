using System.Linq.Expressions;
using System.Reflection;
using Crm.Abstractions.Records;
using Crm.Kernel.Records;

namespace Crm.Kernel.Filters;

/// <summary>Conditions on fields with several values: one of them is enough.</summary>
internal static class SeveralConditions
{
    private static readonly MethodInfo _contains = typeof(string).GetMethod(nameof(string.Contains), [typeof(string)])!;
    private static readonly MethodInfo _ends = typeof(string).GetMethod(nameof(string.EndsWith), [typeof(string)])!;

    public static Expression Make(Expression values, FilterOperator how, RecordField field, IReadOnlyList<string> texts)
    {
        if (how == FilterOperator.Ne)
            return Expression.Not(Make(values, FilterOperator.Eq, field, texts));
        var one = Expression.Parameter(typeof(string), "v");
        var test = TextConditions.Make(one, how, texts);
        if (string.Equals(field.InputType, "tel", StringComparison.Ordinal))
            test = Held.Join([test, .. texts.Select(t => Phone(one, how, t)).OfType<Expression>()], Expression.OrElse);
        return Any(values, Expression.Lambda<Func<string, bool>>(test, one));
    }

    /// <summary>Options that stand in one text as a JSON list: their values are names, so that nothing in them needs an escape.</summary>
    public static Expression InText(Expression text, FilterOperator how, RecordField field, IReadOnlyList<FilterValue> values)
    {
        if (how == FilterOperator.Ne)
            return Expression.OrElse(Expression.Equal(text, Expression.Constant(null, typeof(string))), Expression.Not(InText(text, FilterOperator.Eq, field, values)));
        var meant = values.SelectMany(v => how is FilterOperator.Contains or FilterOperator.Starts
            ? field.Options.Where(o => IsMeant(how, o.Value, v.Text) || IsMeant(how, o.Label, v.Text)).Select(o => o.Value)
            : [field.Options.FirstOrDefault(o => string.Equals(o.Value, v.Text, StringComparison.OrdinalIgnoreCase))?.Value
                ?? throw new BadFilter($"Expected one of {string.Join(", ", field.Options.Select(o => o.Value))}", v.Position)]).ToList();
        return meant.Count == 0
            ? Expression.Constant(false)
            : Held.Join(meant.ConvertAll(Expression (m) => Expression.Call(text, _contains, Held.Of($"\"{m}\"", typeof(string)))), Expression.OrElse);
    }

    /// <summary>One of several pointers is one of the ids.</summary>
    public static Expression Pointers(Expression values, FilterOperator how, IReadOnlyList<Guid> ids)
    {
        if (how == FilterOperator.Ne)
            return Expression.Not(Pointers(values, FilterOperator.Eq, ids));
        var one = Expression.Parameter(typeof(Guid), "v");
        return Expression.Call(
            typeof(Enumerable), nameof(Enumerable.Any), [typeof(Guid)], values,
            Expression.Lambda<Func<Guid, bool>>(PlainConditions.Same(one, FilterOperator.In, ids.Cast<object>().ToList()), one));
    }

    public static Expression NoPointer(Expression values) =>
        Expression.Not(Expression.Call(typeof(Enumerable), nameof(Enumerable.Any), [typeof(Guid)], values));

    public static Expression None(Expression values) =>
        Expression.Not(Expression.Call(typeof(Enumerable), nameof(Enumerable.Any), [typeof(string)], values));

    private static bool IsMeant(FilterOperator how, string words, string text) => how == FilterOperator.Contains
        ? words.Contains(text, StringComparison.OrdinalIgnoreCase)
        : words.StartsWith(text, StringComparison.OrdinalIgnoreCase);

    private static MethodCallExpression Any(Expression values, LambdaExpression test) =>
        Expression.Call(typeof(Enumerable), nameof(Enumerable.Any), [typeof(string)], values, test);

    // However a number is typed, its digits count; without the country's code, its end.
    private static Expression? Phone(Expression one, FilterOperator how, string text)
    {
        var digits = new string(text.Where(char.IsAsciiDigit).ToArray());
        if (digits.Length < 3)
            return null;
        if (how == FilterOperator.Contains)
            return TextConditions.Folded(one, how, [digits]);
        if (text.TrimStart().StartsWith('+'))
            return TextConditions.Folded(one, how == FilterOperator.Starts ? how : FilterOperator.Eq, ["+" + digits]);
        return how == FilterOperator.Starts
            ? TextConditions.Folded(one, FilterOperator.Contains, [digits])
            : Expression.Call(one, _ends, Held.Of(digits.TrimStart('0'), typeof(string)));
    }
}
