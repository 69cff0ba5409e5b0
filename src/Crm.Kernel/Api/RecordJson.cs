using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Crm.Abstractions.Records;
using Crm.Kernel.Records;

namespace Crm.Kernel.Api;

/// <summary>Records as JSON: what every record has, then its fields.</summary>
internal static class RecordJson
{
    /// <summary>Names of what every record has, whichever fields are asked for.</summary>
    public static readonly IReadOnlySet<string> Envelope =
        new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "id", "type", "title", "url", "version", "createdAt", "updatedAt" };

    public static JsonWriterOptions Options { get; } = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>Writes a record; what was saved with something to say about it has <c>warnings</c>.</summary>
    public static void Write(Utf8JsonWriter writer, RecordView record, IReadOnlyList<RuleMessage>? advice = null)
    {
        writer.WriteStartObject();
        writer.WriteString("id", record.Id);
        writer.WriteString("type", record.Kind);
        writer.WriteString("title", record.Title);
        writer.WriteString("url", record.Url);
        writer.WriteNumber("version", record.Version);
        foreach (var (name, value) in record.Values.Where(v => !Envelope.Contains(v.Key)))
        {
            writer.WritePropertyName(name);
            Value(writer, value);
        }

        writer.WriteString("createdAt", Moment(record.CreatedAt));
        writer.WriteString("updatedAt", Moment(record.UpdatedAt));
        if (advice is { Count: > 0 })
        {
            writer.WritePropertyName("warnings");
            Value(writer, advice.Select(a => a.ToString()));
        }

        writer.WriteEndObject();
    }

    public static void Value(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case bool yes:
                writer.WriteBooleanValue(yes);
                break;
            case decimal number:
                writer.WriteNumberValue(number);
                break;
            case DateOnly day:
                writer.WriteStringValue(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                break;
            case TimeOnly time:
                writer.WriteStringValue(time.ToString("HH:mm:ss", CultureInfo.InvariantCulture));
                break;
            case Money money:
                Sum(writer, money);
                break;
            case DateTimeOffset at:
                writer.WriteStringValue(Moment(at));
                break;
            case LinkView link:
                Link(writer, link);
                break;
            case IEnumerable<LinkView> links:
                Array(writer, links, Link);
                break;
            case IEnumerable<ValueEntry> entries:
                Entries(writer, entries);
                break;
            case IEnumerable<string> words when value is not string:
                Array(writer, words, (w, word) => w.WriteStringValue(word));
                break;
            default:
                writer.WriteStringValue(Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
        }
    }

    private static void Array<T>(Utf8JsonWriter writer, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        writer.WriteStartArray();
        foreach (var item in items)
            write(writer, item);
        writer.WriteEndArray();
    }

    public static void Link(Utf8JsonWriter writer, LinkView link)
    {
        writer.WriteStartObject();
        writer.WriteString("id", link.Id);
        writer.WriteString("type", link.Kind.Length == 0 ? null : link.Kind);
        writer.WriteString("title", link.Title);
        writer.WriteString("url", link.Url);
        writer.WriteEndObject();
    }

    private static void Sum(Utf8JsonWriter writer, Money money)
    {
        writer.WriteStartObject();
        writer.WriteString("amount", money.Amount.ToString("0.00##", CultureInfo.InvariantCulture));
        writer.WriteString("currency", money.Currency);
        writer.WriteEndObject();
    }

    public static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture);

    private static void Entries(Utf8JsonWriter writer, IEnumerable<ValueEntry> entries)
    {
        writer.WriteStartArray();
        foreach (var entry in entries)
        {
            writer.WriteStartObject();
            writer.WriteString("kind", entry.Kind);
            writer.WriteString("value", entry.Value);
            if (entry.IsDoubtful)
                writer.WriteBoolean("doubtful", true);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
