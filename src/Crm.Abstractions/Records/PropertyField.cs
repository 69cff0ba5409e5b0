using System.Linq.Expressions;
using System.Reflection;
using System.Text;
using System.Text.Json;

namespace Crm.Abstractions.Records;

/// <summary>Makes a field's description from a property, and converts between the property's type and the doors' types.</summary>
internal static class PropertyField
{
    public static RecordField Make<T, TValue>(Expression<Func<T, TValue>> property, string? name, FieldKind? kind = null)
        where T : class
    {
        var member = property.Body as MemberExpression ?? throw new ArgumentException("Give a property.", nameof(property));
        var info = (PropertyInfo)member.Member;
        var type = Nullable.GetUnderlyingType(info.PropertyType) ?? info.PropertyType;
        var read = property.Compile();
        var field = new RecordField
        {
            Name = name ?? JsonNamingPolicy.CamelCase.ConvertName(info.Name),
            Kind = kind ?? KindOf(type),
            Column = property,
            Read = r => ToDoor(read((T)r), type),
            // What only the record itself sets is nobody's to write.
            Write = info.SetMethod is { IsPublic: true } ? Writer(property, info, type) : null,
        };
        if (type.IsEnum)
            field.Options = Enum.GetNames(type).Select(n => new FieldOption(JsonNamingPolicy.CamelCase.ConvertName(n), Words(n))).ToList();
        return field;
    }

    /// <summary>"firstName" → "First name".</summary>
    public static string Words(string name)
    {
        var words = new StringBuilder(name.Length + 4);
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && words.Length > 0)
                words.Append(' ').Append(char.ToLowerInvariant(letter));
            else
                words.Append(words.Length == 0 ? char.ToUpperInvariant(letter) : letter);
        }

        return words.ToString();
    }

    private static FieldKind KindOf(Type type) => type switch
    {
        _ when type == typeof(string) => FieldKind.Text,
        _ when type == typeof(bool) => FieldKind.YesNo,
        _ when type == typeof(int) || type == typeof(long) || type == typeof(short) || type == typeof(double) => FieldKind.Number,
        _ when type == typeof(DateOnly) => FieldKind.Date,
        _ when type == typeof(DateTimeOffset) => FieldKind.Instant,
        _ when type == typeof(TimeOnly) => FieldKind.Time,
        _ when type.IsEnum => FieldKind.OneOf,
        _ => throw new ArgumentException($"A field of type {type.Name} needs its kind said."),
    };

    private static object? ToDoor(object? value, Type type) => value switch
    {
        null => null,
        _ when type.IsEnum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString()!),
        int or long or short or double => Convert.ToDecimal(value, System.Globalization.CultureInfo.InvariantCulture),
        Guid id when id == Guid.Empty => null,
        _ => value,
    };

    private static Action<object, object?> Writer<T, TValue>(Expression<Func<T, TValue>> property, PropertyInfo info, Type type)
    {
        // The property may sit on a part of the record (r => r.Spine.ExternalId): the owner is an expression of its own.
        var owner = Expression.Lambda<Func<T, object>>(((MemberExpression)property.Body).Expression!, property.Parameters).Compile();
        // What a setter refuses comes as it was thrown, so that doors know it.
        return (record, value) => info.SetValue(owner((T)record), FromDoor(value, type, info.PropertyType), BindingFlags.DoNotWrapExceptions, null, null, null);
    }

    private static object? FromDoor(object? value, Type type, Type declared) => value switch
    {
        null => declared.IsValueType && Nullable.GetUnderlyingType(declared) is null ? Activator.CreateInstance(declared) : null,
        string name when type.IsEnum => Enum.Parse(type, name, ignoreCase: true),
        decimal number => Convert.ChangeType(number, type, System.Globalization.CultureInfo.InvariantCulture),
        _ => value,
    };
}
