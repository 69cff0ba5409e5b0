using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Crm.Abstractions.Records;
using Crm.Kernel.Filters;
using SortKey = Crm.Abstractions.Records.SortKey;

namespace Crm.Kernel.Records;

/// <summary>Where a page ended: the last row's id and the values it is sorted by. A forged one can only ask for another place in what the reader sees anyway.</summary>
/// <param name="Order">The order in which the page was.</param>
/// <param name="Id">The last row.</param>
/// <param name="Values">Its values, as text.</param>
internal sealed record PageCursor(string Order, Guid Id, IReadOnlyList<string?> Values)
{
    public static string Write(string order, Guid id, IEnumerable<object?> values) =>
        Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(new PageCursor(order, id, values.Select(Text).ToList())));

    /// <summary>Reads a cursor of the same order.</summary>
    /// <exception cref="BadFilter">It is none.</exception>
    public static (Guid Id, IReadOnlyList<object?> Values) Read(string cursor, string order, IReadOnlyList<Type> types)
    {
        try
        {
            if (cursor.Length <= 4_000
                && JsonSerializer.Deserialize<PageCursor>(Base64Url.DecodeFromChars(cursor)) is { Values: { } values } read
                && values.Count == types.Count && string.Equals(read.Order, order, StringComparison.Ordinal))
                return (read.Id, values.Select((v, i) => Value(v, types[i])).ToList());
        }
        catch (Exception failure) when (failure is FormatException or JsonException or OverflowException or ArgumentException or DecoderFallbackException or InvalidOperationException)
        {
            throw new BadFilter("The cursor is none of this list", 1);
        }

        throw new BadFilter("The cursor is none of this list", 1);
    }

    private static string? Text(object? value) => value switch
    {
        null => null,
        SortKey key => Convert.ToBase64String(key.Bytes),
        DateOnly day => day.ToString("O", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("O", CultureInfo.InvariantCulture),
        DateTimeOffset at => at.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture),
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    private static object? Value(string? text, Type declared)
    {
        var type = Nullable.GetUnderlyingType(declared) ?? declared;
        if (text is null)
            return type == declared && declared.IsValueType ? throw new FormatException("A value is missing.") : null;
        if (type == typeof(string))
            return PlainText.FindUnsound(text) is null ? text : throw new FormatException("This is no text.");
        if (type == typeof(SortKey))
            return new SortKey(Convert.FromBase64String(text));
        if (type == typeof(Guid))
            return Guid.Parse(text);
        if (type == typeof(DateOnly))
            return DateOnly.ParseExact(text, "O", CultureInfo.InvariantCulture);
        if (type == typeof(TimeOnly))
            return TimeOnly.ParseExact(text, "O", CultureInfo.InvariantCulture);
        return type == typeof(DateTimeOffset)
            ? DateTimeOffset.ParseExact(text, "O", CultureInfo.InvariantCulture).ToUniversalTime()
            : Convert.ChangeType(text, type, CultureInfo.InvariantCulture);
    }
}
