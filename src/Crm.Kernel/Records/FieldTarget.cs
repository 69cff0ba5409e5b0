using System.Linq.Expressions;
using System.Reflection;
using Crm.Abstractions.Records;

namespace Crm.Kernel.Records;

/// <summary>The property behind a field: what it can hold decides what can be written.</summary>
internal sealed record FieldTarget(Type Type, bool IsNullable)
{
    /// <summary>The property, or null for a field of several values or of a making of its own.</summary>
    public static FieldTarget? Of(RecordField field)
    {
        if (field.Column?.Body is not MemberExpression { Member: PropertyInfo property })
            return null;
        var underlying = Nullable.GetUnderlyingType(property.PropertyType);
        var isNullable = property.PropertyType.IsValueType
            ? underlying is not null
            : new NullabilityInfoContext().Create(property).WriteState != NullabilityState.NotNull;
        return new(underlying ?? property.PropertyType, isNullable);
    }

    /// <summary>The value as the property takes it.</summary>
    /// <exception cref="RuleViolation">The property can't hold it.</exception>
    public object? Fit(RecordField field, object? value)
    {
        if (value is decimal number && !Numbers.Fits(number, Type))
            throw new RuleViolation(field.Name, number == decimal.Truncate(number) ? "The number is too large." : "Give a whole number.");
        if (value is not null || IsNullable)
            return value;
        if (Type == typeof(string))
            return "";
        return Type == typeof(Guid) ? throw new RuleViolation(field.Name, "This must be given.") : null;
    }
}
