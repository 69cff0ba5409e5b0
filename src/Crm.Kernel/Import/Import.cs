namespace Crm.Kernel.Import;

/// <summary>How an import stands.</summary>
internal enum ImportProgress
{
    Running,

    Done,

    Stopped,

    Undone,
}

/// <summary>An import of a file: listed, stopped, resumed and undone by this row.</summary>
internal sealed class Import
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The act in the audit under which all its changes stand.</summary>
    public Guid ActId { get; init; }

    public string Kind { get; init; } = "";

    public string FileName { get; init; } = "";

    public DateTimeOffset At { get; init; }

    public Guid? UserId { get; init; }

    public ImportProgress Progress { get; set; }

    /// <summary>The last line whose row was dealt with.</summary>
    public long LastLine { get; set; }

    public long Created { get; set; }

    public long Updated { get; set; }

    public long Unchanged { get; set; }

    public long Failed { get; set; }
}

/// <summary>A record that an import made or changed, with what was before.</summary>
internal sealed class ImportedRow
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public Guid ImportId { get; init; }

    public long Line { get; init; }

    public Guid RecordId { get; init; }

    public bool IsCreated { get; init; }

    /// <summary>JSON: field → [before, after], of a changed record.</summary>
    public string Changes { get; set; } = "{}";
}
