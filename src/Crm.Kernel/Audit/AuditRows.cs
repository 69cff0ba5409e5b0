namespace Crm.Kernel.Audit;

/// <summary>One act of somebody: a save, an import, a sign-in, a switch.</summary>
internal sealed class AuditAct
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public DateTimeOffset At { get; init; }

    public Guid? UserId { get; init; }

    /// <summary>Where it came in: <c>page</c>, <c>api</c>, <c>command</c>, <c>import</c>, <c>job</c>.</summary>
    public string Door { get; init; } = "";

    /// <summary>What was done, in a word or two.</summary>
    public string What { get; init; } = "";
}

/// <summary>A row changed by an act, with before and after.</summary>
internal sealed class AuditChange
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public Guid ActId { get; init; }

    /// <summary>The record, or the row's own id where it isn't a record's.</summary>
    public Guid RecordId { get; init; }

    /// <summary>The entity's name, such as <c>Person</c>; of a part with its key.</summary>
    public string Entity { get; set; } = "";

    /// <summary><c>created</c>, <c>changed</c> or <c>removed</c>.</summary>
    public string Action { get; init; } = "";

    /// <summary>JSON: property → [before, after].</summary>
    public string Changes { get; set; } = "{}";
}

/// <summary>What is left of the audit of records that were forgotten: that something changed, never from what to what.</summary>
internal static class AuditRows
{
    /// <summary>A part's key may be a word of the record's, as a tag is.</summary>
    public static string WithoutKey(string entity) => entity.Split(' ', 2)[0];

    public static Dictionary<string, object?[]> WithoutValues(IEnumerable<string> properties) =>
        properties.ToDictionary(p => p, _ => new object?[] { null, null }, StringComparer.Ordinal);
}
