using System.Linq.Expressions;
using Crm.Abstractions.Records;
using Crm.Kernel.Bulk;
using Crm.Kernel.Records;
using Crm.Kernel.Security;

namespace Crm.Kernel.Filters;

/// <summary>Turns a filter that was read into a condition for the database, by the fields that the caller may read.</summary>
internal sealed class FilterBinder<T>(Func<string, RecordField?> find, FilterClock clock, Guid? me, TitleKeys keys, IReadOnlyList<Heir> heirs)
    where T : class, IRecord
{
    private readonly ParameterExpression _row = Expression.Parameter(typeof(T), "r");

    public Expression<Func<T, bool>> Bind(FilterNode node) => Expression.Lambda<Func<T, bool>>(Body(node), _row);

    private Expression Body(FilterNode node) => node switch
    {
        AllOf { Parts.Count: 0 } => Expression.Constant(true),
        AllOf all => Held.Join(all.Parts.Select(Body).ToList(), Expression.AndAlso),
        AnyOf any => Held.Join(any.Parts.Select(Body).ToList(), Expression.OrElse),
        NoneOf none => Expression.Not(Body(none.Part)),
        Inside inside => Inside(inside),
        Comparison one => One(one),
        _ => throw new InvalidOperationException($"A filter has no {node.GetType().Name}."),
    };

    // What is wrong inside a segment stands where the segment is named.
    private Expression Inside(Inside inside)
    {
        try
        {
            return Body(inside.Part);
        }
        catch (BadFilter bad)
        {
            throw new BadFilter($"The segment '{inside.Segment}' can't be used: {bad.Message}", inside.Position);
        }
    }

    private Expression One(Comparison one)
    {
        var field = find(one.Field) ?? throw new BadFilter($"There is no field '{one.Field}'", one.Position);
        if (!field.IsFilterable || field.Column is null)
            throw new BadFilter($"The field '{field.Name}' can't be filtered by", one.Position);
        var column = Columns.Of(field.Column, _row);
        var given = one.Values.Where(v => !v.IsNull).ToList();
        if (given.Count == one.Values.Count)
            return Given(field, column, one);
        if (one.Operator is not (FilterOperator.Eq or FilterOperator.Ne or FilterOperator.In))
            throw new BadFilter("null goes with eq, ne, in and is only", one.Values.First(v => v.IsNull).Position);
        var empty = Empty(field, column, one.Operator);
        return given.Count == 0 ? empty : Expression.OrElse(empty, Given(field, column, one with { Values = given }));
    }

    private static Expression Empty(RecordField field, Expression column, FilterOperator how)
    {
        if (IsPointers(column))
            return how == FilterOperator.Ne ? Expression.Not(SeveralConditions.NoPointer(column)) : SeveralConditions.NoPointer(column);
        if (IsSeveral(column))
            return how == FilterOperator.Ne ? Expression.Not(SeveralConditions.None(column)) : SeveralConditions.None(column);
        if (field.Kind is FieldKind.Text or FieldKind.LongText && column.Type == typeof(string))
            return how == FilterOperator.Ne ? Expression.Not(TextConditions.IsEmpty(column)) : TextConditions.IsEmpty(column);
        return PlainConditions.Null(column, how);
    }

    private Expression Given(RecordField field, Expression column, Comparison one)
    {
        if (IsPointers(column))
            return SeveralConditions.Pointers(column, Allowed(one, ordered: false, text: false), one.Values.Select(v => (Guid)Pointer(field, v)).ToList());
        if (IsSeveral(column))
            return SeveralConditions.Make(column, Allowed(one, ordered: false, text: true), field, Texts(one));
        switch (field.Kind)
        {
            case FieldKind.Number or FieldKind.Money:
                return PlainConditions.Number(column, Allowed(one, ordered: true, text: false), one.Values);
            case FieldKind.Date:
                return PlainConditions.Same(column, Allowed(one, ordered: true, text: false), one.Values.Select(object (v) => clock.Day(v)).ToList());
            case FieldKind.Instant:
                var how = Allowed(one, ordered: true, text: false);
                if (how == FilterOperator.In)
                    throw new BadFilter("'in' doesn't go with moments", one.Position);
                return PlainConditions.Instant(column, how, one.Values[0], clock);
            case FieldKind.Time:
                return PlainConditions.Same(column, Allowed(one, ordered: true, text: false), one.Values.Select(PlainConditions.Time).ToList());
            case FieldKind.ManyOf:
                return SeveralConditions.InText(column, Allowed(one, ordered: false, text: true), field, one.Values);
            case FieldKind.YesNo:
                return PlainConditions.YesNo(column, Allowed(one, ordered: false, text: false), one.Values);
            case FieldKind.OneOf:
                return PlainConditions.Option(column, Allowed(one, ordered: false, text: false), field, one.Values);
            case FieldKind.User when heirs.Count > 0 && string.Equals(field.Name, "owner", StringComparison.Ordinal):
                return Owner(column, Allowed(one, ordered: false, text: false), one.Values.Select(v => (Guid)Pointer(field, v)));
            case FieldKind.Link or FieldKind.User or FieldKind.Department:
                return PlainConditions.Same(column, Allowed(one, ordered: false, text: false), one.Values.Select(v => Pointer(field, v)).Select(id => column.Type == typeof(string) ? id.ToString()! : id).ToList());
            default:
                return Text(field, column, one);
        }
    }

    // Titles match folded and by index, and compare as the list is sorted.
    private Expression Text(RecordField field, Expression column, Comparison one)
    {
        if (!string.Equals(field.Name, "title", StringComparison.Ordinal))
            return TextConditions.Make(column, one.Operator, Texts(one));
        var spine = Expression.Property(_row, nameof(IRecord.Spine));
        return one.Operator is FilterOperator.Lt or FilterOperator.Le or FilterOperator.Gt or FilterOperator.Ge
            ? PlainConditions.Compare(Expression.Property(spine, nameof(Spine.SortKey)), one.Operator, keys.SortKey(one.Values[0].Text))
            : TextConditions.Folded(Expression.Property(spine, nameof(Spine.Match)), one.Operator, Texts(one).Select(keys.Match).ToList());
    }

    // What a hand-over still has to bring stands under the old owner's name, and is the heir's.
    private Expression Owner(Expression column, FilterOperator how, IEnumerable<Guid> owners)
    {
        var all = owners.SelectMany(o => Heirs.Before(heirs, o).Append(o)).Distinct().Cast<object>().ToList();
        var isOne = PlainConditions.Same(column, FilterOperator.In, all);
        return how != FilterOperator.Ne ? isOne : Expression.OrElse(Expression.Not(isOne), PlainConditions.Null(column, FilterOperator.Eq));
    }

    private object Pointer(RecordField field, FilterValue value)
    {
        // Nobody is nobody's owner: an id that no record has.
        if (field.Kind is FieldKind.User or FieldKind.Users && value.Is("me"))
            return me ?? Guid.Empty;
        return Guid.TryParse(value.Text, out var id) ? id : throw new BadFilter("Expected an id", value.Position);
    }

    private static FilterOperator Allowed(Comparison one, bool ordered, bool text)
    {
        var isOrder = one.Operator is FilterOperator.Lt or FilterOperator.Le or FilterOperator.Gt or FilterOperator.Ge;
        var isText = one.Operator is FilterOperator.Contains or FilterOperator.Starts;
        if ((isOrder && !ordered) || (isText && !text))
            throw new BadFilter($"The field '{one.Field}' can't be compared so", one.Position);
        return one.Operator;
    }

    private static List<string> Texts(Comparison one) => one.Values.Select(v => v.Text).ToList();

    private static bool IsPointers(Expression column) => column.Type.IsAssignableTo(typeof(IEnumerable<Guid>));

    private static bool IsSeveral(Expression column) => column.Type != typeof(string) && column.Type.IsAssignableTo(typeof(IEnumerable<string>));
}

/// <summary>Reads the expressions of fields.</summary>
internal static class Columns
{
    /// <summary>A field's value asked of another row, without the boxing of its declaration.</summary>
    public static Expression Of(LambdaExpression column, Expression row)
    {
        var body = column.Body;
        while (body is UnaryExpression { NodeType: ExpressionType.Convert } boxed && boxed.Type == typeof(object))
            body = boxed.Operand;
        return Replace.In(body, column.Parameters[0], row);
    }
}
