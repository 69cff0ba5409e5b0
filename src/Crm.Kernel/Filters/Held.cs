using System.Linq.Expressions;

namespace Crm.Kernel.Filters;

/// <summary>Holds a value so that EF Core sends it as a parameter: one cached query for all values.</summary>
internal sealed class Held<TValue>(TValue value)
{
    public TValue Value { get; } = value;
}

/// <summary>Makes parameters, and joins conditions evenly so that no tree grows deep.</summary>
internal static class Held
{
    public static Expression Of(object? value, Type type)
    {
        var holder = typeof(Held<>).MakeGenericType(type);
        return Expression.Property(Expression.Constant(Activator.CreateInstance(holder, value), holder), "Value");
    }

    /// <summary>Says whether the column is one of the values.</summary>
    public static Expression AnyOf(Expression column, IEnumerable<object> values)
    {
        var list = (System.Collections.IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(column.Type))!;
        foreach (var value in values)
            list.Add(value);
        return Expression.Call(typeof(Enumerable), nameof(Enumerable.Contains), [column.Type], Of(list, list.GetType()), column);
    }

    public static Expression Join(IReadOnlyList<Expression> parts, Func<Expression, Expression, Expression> join) => parts.Count switch
    {
        1 => parts[0],
        2 => join(parts[0], parts[1]),
        _ => join(Join(parts.Take(parts.Count / 2).ToList(), join), Join(parts.Skip(parts.Count / 2).ToList(), join)),
    };
}
