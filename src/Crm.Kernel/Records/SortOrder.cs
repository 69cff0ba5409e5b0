using System.Linq.Expressions;
using Crm.Abstractions.Records;
using Crm.Kernel.Filters;

namespace Crm.Kernel.Records;

/// <summary>One of the values that a list is sorted by; empty ones come last, whichever way it goes.</summary>
internal sealed record SortPart(Expression Key, Expression? Empty, bool Descending);

/// <summary>The order of a list: the given fields, then the id, so that no two rows are alike.</summary>
internal sealed class SortOrder<T>
    where T : class, IRecord
{
    private const int MaxParts = 4;
    private readonly ParameterExpression _row = Expression.Parameter(typeof(T), "r");
    private readonly List<SortPart> _parts;

    public SortOrder(string? sort, IReadOnlyList<RecordField> fields)
    {
        Text = sort?.Trim() ?? "";
        _parts = Text.Length == 0 ? [ByTitle()] : Parts(fields);
    }

    /// <summary>The order as it was asked for.</summary>
    public string Text { get; }

    /// <summary>True where a custom field is among them.</summary>
    public bool IsCustom { get; private set; }

    /// <summary>The name of a custom field that has no index, or null.</summary>
    public string? Slow { get; private set; }

    /// <summary>Says of which kind a record is, as the indexes say it.</summary>
    public static Expression<Func<T, bool>> IsOf(string kind)
    {
        var row = Expression.Parameter(typeof(T), "r");
        return Expression.Lambda<Func<T, bool>>(
            Expression.Equal(Expression.Property(Expression.Property(row, nameof(IRecord.Spine)), nameof(Spine.Kind)), Expression.Constant(kind)), row);
    }

    /// <summary>The types of the values, in order.</summary>
    public IReadOnlyList<Type> Types => _parts.ConvertAll(p => p.Key.Type);

    /// <summary>True where nothing but the title counts.</summary>
    public bool IsByTitle => _parts is [{ Empty: null, Key: MemberExpression { Member.Name: nameof(Spine.SortKey) } }];

    /// <summary>True where nothing counts but what stands in the spine, as the times do.</summary>
    public bool IsOnSpine => _parts.TrueForAll(p => p is { Empty: null, Key: MemberExpression { Expression: MemberExpression { Member.Name: nameof(IRecord.Spine) } } });

    /// <summary>True where the first value goes down.</summary>
    public bool IsDescending => _parts[0].Descending;

    public IQueryable<T> Apply(IQueryable<T> rows)
    {
        var word = nameof(Queryable.OrderBy);
        foreach (var part in _parts)
        {
            if (part.Empty is not null)
                rows = Ordered(rows, ref word, part.Empty, descending: false);
            rows = Ordered(rows, ref word, part.Key, part.Descending);
        }

        return Ordered(rows, ref word, Id(), descending: false);
    }

    /// <summary>The id and the values of each row.</summary>
    public Expression<Func<T, object?[]>> Keys() => Expression.Lambda<Func<T, object?[]>>(
        Expression.NewArrayInit(typeof(object), new[] { Id() }.Concat(_parts.Select(p => p.Key)).Select(e => Expression.Convert(e, typeof(object)))), _row);

    /// <summary>The rows that come after one.</summary>
    public Expression<Func<T, bool>> After(Guid id, IReadOnlyList<object?> values)
    {
        var last = Expression.GreaterThan(Id(), Held.Of(id, typeof(Guid)));
        Expression after = last;
        for (var i = _parts.Count - 1; i >= 0; i--)
        {
            var (past, same) = Compared(_parts[i], values[i]);
            var tied = Expression.AndAlso(same, after);
            after = past is null ? tied : Expression.OrElse(past, tied);
        }

        // Said once more plainly, so that the index is entered at the right place.
        if (_parts[0] is { Empty: null } first)
            after = Expression.AndAlso(Order(first.Key, Held.Of(values[0], first.Key.Type), first.Descending ? ExpressionType.LessThanOrEqual : ExpressionType.GreaterThanOrEqual), after);
        return Expression.Lambda<Func<T, bool>>(after, _row);
    }

    private static (Expression? Past, Expression Same) Compared(SortPart part, object? value)
    {
        if (part.Empty is not null && DoorValue.IsEmpty(value))
            return (null, part.Empty);
        var held = Held.Of(value, part.Key.Type);
        var past = Order(part.Key, held, part.Descending ? ExpressionType.LessThan : ExpressionType.GreaterThan);
        Expression same = Expression.Equal(part.Key, held);
        return part.Empty is null
            ? (past, same)
            : (Expression.OrElse(part.Empty, past), Expression.AndAlso(Expression.Not(part.Empty), same));
    }

    private static BinaryExpression Order(Expression key, Expression value, ExpressionType how) => key.Type == typeof(string)
        ? Expression.MakeBinary(how, TextConditions.Order(key, value), Expression.Constant(0))
        : Expression.MakeBinary(how, key, value);

    private MemberExpression Id() => Expression.Property(_row, nameof(IRecord.Id));

    private SortPart ByTitle() => new(Expression.Property(Expression.Property(_row, nameof(IRecord.Spine)), nameof(Spine.SortKey)), null, false);

    private List<SortPart> Parts(IReadOnlyList<RecordField> fields)
    {
        if (Text.Length > 200)
            throw new BadFilter("The sort is longer than 200 characters", 201);
        var parts = new List<SortPart>();
        var position = 1;
        foreach (var word in Text.Split(','))
        {
            if (parts.Count == MaxParts)
                throw new BadFilter($"Sort by at most {MaxParts} fields", position);
            var name = word.Trim();
            var field = RecordFields<T>.Find(fields, name.TrimStart('-', '+')) ?? throw new BadFilter($"There is no field '{name}'", position);
            if (!field.IsSortable || (field.SortColumn ?? field.Column) is not { } column)
                throw new BadFilter($"The field '{field.Name}' can't be sorted by", position);
            parts.Add(Part(Columns.Of(column, _row), name.StartsWith('-'), field.IsCustom));
            IsCustom |= field.IsCustom;
            if (field is { IsCustom: true, IsIndexed: false })
                Slow ??= field.Name;
            position += word.Length + 1;
        }

        return parts;
    }

    private static SortPart Part(Expression column, bool descending, bool isFolded)
    {
        var type = Nullable.GetUnderlyingType(column.Type) ?? column.Type;
        if (type == typeof(string) && !isFolded)
            return new(TextConditions.Lower(column), TextConditions.IsEmpty(column), descending);
        Expression? empty = !PlainConditions.IsNullable(column.Type) ? null : Expression.Equal(column, Expression.Constant(null, column.Type));
        if (type.IsEnum)
            column = Expression.Convert(column, empty is null ? typeof(int) : typeof(int?));
        else if (type == typeof(bool))
            column = Expression.Condition(Expression.Equal(column, Held.Of(true, column.Type)), Expression.Constant(1), Expression.Constant(0));
        return new(column, empty, descending);
    }

    private IQueryable<T> Ordered(IQueryable<T> rows, ref string word, Expression key, bool descending)
    {
        var call = Expression.Call(
            typeof(Queryable), descending ? word + "Descending" : word, [typeof(T), key.Type], rows.Expression, Expression.Quote(Expression.Lambda(key, _row)));
        word = nameof(Queryable.ThenBy);
        return rows.Provider.CreateQuery<T>(call);
    }
}
