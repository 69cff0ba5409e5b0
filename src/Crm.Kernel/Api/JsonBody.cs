using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;
using Crm.Abstractions.Records;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace Crm.Kernel.Api;

/// <summary>Reads a request's JSON object into values by name, as the doors take them.</summary>
internal static class JsonBody
{
    // Several of the longest texts that a record may have.
    public const int MaxBytes = 1 << 20;

    /// <summary>Reads the body whole.</summary>
    /// <exception cref="ApiRefusal">It is larger than a record can be.</exception>
    public static async Task<ReadOnlyMemory<byte>> BytesAsync(HttpRequest request, CancellationToken ct)
    {
        if (request.ContentLength > MaxBytes)
            throw new ApiRefusal(Problem.TooLarge);
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = MaxBytes;
        using var bytes = new MemoryStream();
        await request.Body.CopyToAsync(bytes, ct);
        return bytes.ToArray();
    }

    /// <summary>Reads the object; an empty body is an empty one where that is enough.</summary>
    public static Dictionary<string, object?> Read(HttpRequest request, ReadOnlyMemory<byte> bytes, bool mayBeEmpty)
    {
        if (bytes.Length == 0 && mayBeEmpty)
            return [];
        if (!IsJson(request.ContentType))
            throw new ApiRefusal(Problem.UnknownMedia);
        if (bytes.Span.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            bytes = bytes[3..];
        if (!Utf8.IsValid(bytes.Span))
            throw new ApiRefusal(Problem.BadRequest("The body is no UTF-8."));
        try
        {
            using var document = JsonDocument.Parse(bytes);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw new ApiRefusal(Problem.BadRequest("The body must be a JSON object."));
            return Values(document.RootElement);
        }
        catch (JsonException failure)
        {
            throw new ApiRefusal(Problem.BadRequest($"The body is no JSON (line {failure.LineNumber + 1}, byte {failure.BytePositionInLine + 1})."));
        }
        catch (InvalidOperationException)
        {
            // An escaped half of a surrogate pair.
            throw new ApiRefusal(Problem.BadRequest("The body holds a text that is none."));
        }
    }

    private static bool IsJson(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var media)
        && (media.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase) || media.MediaType.Equals("application/merge-patch+json", StringComparison.OrdinalIgnoreCase))
        && (!media.Charset.HasValue || media.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase) || media.Charset.Equals("\"utf-8\"", StringComparison.OrdinalIgnoreCase));

    private static Dictionary<string, object?> Values(JsonElement root)
    {
        var values = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
        foreach (var property in root.EnumerateObject())
        {
            if (!values.TryAdd(property.Name, Value(property.Name, property.Value)))
                throw new RuleViolation(property.Name, "This was given twice.");
        }

        return values;
    }

    private static object? Value(string name, JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => element.TryGetDecimal(out var number) ? number : throw new RuleViolation(name, "The number is too large."),
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Array => List(name, element),
        // A link comes back as it went out.
        _ when element.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String => id.GetString(),
        _ when element.TryGetProperty("amount", out var amount) && element.TryGetProperty("currency", out var currency) => Sum(name, amount, currency),
        _ => throw new RuleViolation(name, "This can't be an object."),
    };

    // An amount is a text, so that no reader makes a binary fraction of it; a number is understood.
    private static Money Sum(string name, JsonElement amount, JsonElement currency)
    {
        var text = amount.ValueKind is JsonValueKind.String ? amount.GetString() : amount.ValueKind is JsonValueKind.Number ? amount.GetRawText() : null;
        return currency.ValueKind == JsonValueKind.String && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var sum)
            ? new Money(sum, currency.GetString()!)
            : throw new RuleViolation(name, "Give an amount and a currency, such as {\"amount\": \"12.50\", \"currency\": \"EUR\"}.");
    }

    private static object? List(string name, JsonElement list)
    {
        if (list.GetArrayLength() == 0)
            return null;
        if (list.EnumerateArray().All(e => e.ValueKind == JsonValueKind.String))
            return list.EnumerateArray().Select(e => e.GetString()!).ToList();
        return list.EnumerateArray().All(e => e.ValueKind == JsonValueKind.Object)
            ? list.EnumerateArray().Select(e => new ValueEntry(Part(name, e, "kind"), Part(name, e, "value"))).ToList()
            : throw new RuleViolation(name, "Give a list of texts, or of objects with kind and value.");
    }

    private static string Part(string name, JsonElement entry, string part)
    {
        if (!entry.TryGetProperty(part, out var value) || value.ValueKind == JsonValueKind.Null)
            return "";
        return value.ValueKind == JsonValueKind.String ? value.GetString()! : throw new RuleViolation(name, "The {0} must be a text.", part);
    }
}
