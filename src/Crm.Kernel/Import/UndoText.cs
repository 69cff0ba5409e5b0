using System.Text.Encodings.Web;
using System.Text.Json;
using Crm.Abstractions.Records;
using Crm.Kernel.Records;

namespace Crm.Kernel.Import;

/// <summary>Writes down what an import changed, and reads it back as fields take it.</summary>
internal static class UndoText
{
    private static readonly JsonSerializerOptions _json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(Dictionary<string, object?[]> changes) => JsonSerializer.Serialize(changes, _json);

    /// <summary>Says whether a field holds what was written down.</summary>
    public static bool Holds(RecordField field, object? now, JsonElement written) => DoorValue.AreSame(DoorValue.Of(now), Read(field, written));

    /// <summary>The value as the field is written with.</summary>
    /// <exception cref="RuleViolation">The field takes it no longer.</exception>
    public static object? Read(RecordField field, JsonElement written)
    {
        var value = DoorValue.Read(field, Raw(field, written));
        return FieldTarget.Of(field) is { } target ? target.Fit(field, value) : value;
    }

    private static object? Raw(RecordField field, JsonElement written) => written.ValueKind switch
    {
        JsonValueKind.String => written.GetString(),
        JsonValueKind.Number => written.GetDecimal(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Array when field.Kind == FieldKind.Values => written.Deserialize<List<ValueEntry>>(_json),
        JsonValueKind.Array => written.Deserialize<List<string>>(_json),
        _ => null,
    };
}
