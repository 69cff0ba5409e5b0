namespace Crm.Kernel.Import;

/// <summary>A file on its way in, with what somebody has said about it so far.</summary>
internal sealed class ImportDraft
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public Guid? UserId { get; init; }

    public string Kind { get; init; } = "";

    public string FileName { get; init; } = "";

    /// <summary>What columns mean where it isn't what their headings say: the heading's key → field.</summary>
    public Dictionary<string, string> Columns { get; set; } = [];

    public string? Encoding { get; set; }

    public string? Delimiter { get; set; }

    public DateOrder? Order { get; set; }

    public string? Match { get; set; }

    public Guid? OwnerId { get; set; }

    /// <summary>The import that was begun with it.</summary>
    public Guid? ImportId { get; set; }

    public ImportMap Map(bool isOpen) => new(Columns, Encoding, Delimiter, Order, isOpen);
}
