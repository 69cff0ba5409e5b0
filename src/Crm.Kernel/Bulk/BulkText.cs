using System.Text.Encodings.Web;
using System.Text.Json;

namespace Crm.Kernel.Bulk;

/// <summary>Writes what acts were told and what they changed, and reads it back.</summary>
internal static class BulkText
{
    public static JsonSerializerOptions Json { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static T Told<T>(this BulkAct act) => JsonSerializer.Deserialize<T>(act.Parameters, Json)!;

    public static string Of(object changes) => JsonSerializer.Serialize(changes, Json);
}
