using System.Text.Json;

namespace Crm.Kernel.Audit;

/// <summary>An audited change, read.</summary>
/// <param name="Values">Before and after by property; null where nothing stood.</param>
internal sealed record AuditValues(string Entity, string Action, IReadOnlyList<(string Property, string? Before, string? After)> Values)
{
    /// <summary>Everything in it that may be somebody's or something's id.</summary>
    public IEnumerable<Guid> Ids => Values.SelectMany(v => new[] { v.Before, v.After }).Select(v => Guid.TryParse(v, out var id) ? id : Guid.Empty);

    /// <summary>True where the row is a part of a record, named with its key.</summary>
    public bool IsPart => Entity.Contains(' ', StringComparison.Ordinal);

    /// <summary>That something changed, and no more.</summary>
    public AuditValues Closed() => this with { Entity = AuditRows.WithoutKey(Entity), Values = [] };

    /// <summary>The words of a part's key, such as the tag or the kind of address; none of a row that is no part.</summary>
    public IReadOnlyList<string> KeyWords => Entity.Split(' ', 2) is [_, var key] ? [.. key.Split('/').Where(k => !Guid.TryParse(k, out _))] : [];

    public static AuditValues Read(AuditChange change)
    {
        using var json = JsonDocument.Parse(change.Changes);
        var values = json.RootElement.EnumerateObject()
            .Where(p => p.Value.ValueKind == JsonValueKind.Array && p.Value.GetArrayLength() == 2)
            .Select(p => (p.Name, Text(p.Value[0]), Text(p.Value[1]))).ToList();
        return new AuditValues(change.Entity, change.Action, values);
    }

    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.String => value.GetString() is { Length: > 0 } text ? text : null,
        _ => value.GetRawText(),
    };
}
