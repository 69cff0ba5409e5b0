using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Crm.Abstractions.Records;
using Crm.Kernel.Search;

namespace Crm.Kernel.CustomFields;

/// <summary>Reads and writes single values of <see cref="Spine.Custom"/>. Each kind is kept so that both databases compare it as it should.</summary>
internal static class CustomValues
{
    /// <summary>What stands behind the name of a text that is folded; no name has such a sign.</summary>
    public const string Folded = "_";

    private const int MostFolded = 100;
    private static readonly JsonWriterOptions _options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly Dictionary<string, JsonElement> _none = [];

    // A text is read once, however many fields ask; it goes with the record that holds it.
    private static readonly ConditionalWeakTable<string, Dictionary<string, JsonElement>> _read = [];

    /// <summary>The values by name.</summary>
    public static IReadOnlyDictionary<string, JsonElement> Of(string? json) =>
        string.IsNullOrEmpty(json) ? _none : _read.GetValue(json, static j => JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(j) ?? []);

    /// <summary>A value as the doors have it.</summary>
    public static object? Get(Spine spine, string name, FieldKind kind) =>
        Of(spine.Custom).TryGetValue(name, out var value) ? Read(value, kind) : null;

    /// <summary>Sets a value; an empty one is not kept at all. A line of text is kept folded beside it, which is what lists sort by.</summary>
    public static void Set(Spine spine, string name, FieldKind kind, object? value)
    {
        var values = new SortedDictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (key, kept) in Of(spine.Custom))
            values[key] = kept;
        if (Records.DoorValue.IsEmpty(value))
        {
            values.Remove(name);
            values.Remove(name + Folded);
        }
        else
        {
            values[name] = value;
            values.Remove(name + Folded);
            if (kind == FieldKind.Text && value is string line && Fold.Text(PlainText.Clip(line, MostFolded)) is { Length: > 0 } folded)
                values[name + Folded] = folded;
        }

        spine.Custom = values.Count == 0 ? null : Text(values);
    }

    /// <summary>What changed between two states, as the audit writes it: before and after in plain words.</summary>
    public static IEnumerable<(string Name, string? Before, string? After)> Changes(string? before, string? after)
    {
        var (was, now) = (Of(before), Of(after));
        foreach (var name in was.Keys.Union(now.Keys).Where(k => !k.EndsWith(Folded, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            var (hadOld, hasNew) = (was.TryGetValue(name, out var old), now.TryGetValue(name, out var value));
            if (!(hadOld && hasNew && JsonElement.DeepEquals(old, value)))
                yield return (name, hadOld ? Plain(old) : null, hasNew ? Plain(value) : null);
        }
    }

    private static object? Read(JsonElement value, FieldKind kind) => (kind, value.ValueKind) switch
    {
        (FieldKind.Number, JsonValueKind.Number) => value.GetDecimal(),
        (FieldKind.Instant, JsonValueKind.Number) => DateTimeOffset.UnixEpoch.AddMicroseconds(value.GetInt64()),
        (FieldKind.YesNo, JsonValueKind.True or JsonValueKind.False) => value.GetBoolean(),
        (FieldKind.Money, JsonValueKind.Object) => new Money(value.GetProperty("amount").GetDecimal(), value.GetProperty("currency").GetString()!),
        (FieldKind.ManyOf, JsonValueKind.Array) => value.EnumerateArray().Select(v => v.GetString()!).ToList(),
        (FieldKind.Date, JsonValueKind.String) => DateOnly.ParseExact(value.GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture),
        (FieldKind.Time, JsonValueKind.String) => TimeOnly.ParseExact(value.GetString()!, "HH:mm:ss", CultureInfo.InvariantCulture),
        (FieldKind.Link, JsonValueKind.String) => Guid.Parse(value.GetString()!),
        (FieldKind.Text or FieldKind.LongText or FieldKind.OneOf, JsonValueKind.String) => value.GetString(),
        _ => null,
    };

    private static string Text(SortedDictionary<string, object?> values)
    {
        using var json = new MemoryStream();
        using (var writer = new Utf8JsonWriter(json, _options))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in values)
            {
                writer.WritePropertyName(name);
                Write(writer, value);
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(json.GetBuffer(), 0, (int)json.Length);
    }

    private static void Write(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case JsonElement kept:
                kept.WriteTo(writer);
                break;
            case decimal number:
                writer.WriteNumberValue(Plain(number));
                break;
            case bool yes:
                writer.WriteBooleanValue(yes);
                break;
            case DateTimeOffset at:
                writer.WriteNumberValue((at.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond);
                break;
            case Money money:
                writer.WriteStartObject();
                writer.WriteNumber("amount", Plain(money.Amount));
                writer.WriteString("currency", money.Currency);
                writer.WriteEndObject();
                break;
            case IReadOnlyList<string> words:
                writer.WriteStartArray();
                foreach (var word in words)
                    writer.WriteStringValue(word);
                writer.WriteEndArray();
                break;
            case TimeOnly time:
                writer.WriteStringValue(time.ToString("HH:mm:ss", CultureInfo.InvariantCulture));
                break;
            default:
                writer.WriteStringValue(Records.FieldText.Plain(value));
                break;
        }
    }

    // Without the zeros behind it: the same number is the same text.
    private static decimal Plain(decimal number) => number / 1.0000000000000000000000000000m;

    private static string Plain(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => string.Join("; ", value.EnumerateArray().Select(v => v.GetString())),
        JsonValueKind.Object => new Money(value.GetProperty("amount").GetDecimal(), value.GetProperty("currency").GetString()!).ToString(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => value.ToString(),
    };
}
