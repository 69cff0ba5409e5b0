namespace Crm.Abstractions.Records;

/// <summary>The row that every record of every module has in <c>core_record</c>: what lists, rights, shares, timeline, notes, files, tags, search and the bin hang on.</summary>
public sealed class Spine
{
    private Spine() => Kind = "";

    /// <summary>Makes the row of a new record.</summary>
    /// <param name="id">The record's id.</param>
    /// <param name="kind">The record type's name in the singular, such as <c>person</c>.</param>
    public Spine(Guid id, string kind)
    {
        Id = id;
        Kind = kind;
    }

    /// <summary>The record's id (UUID version 7).</summary>
    public Guid Id { get; private set; }

    /// <summary>The record type's name in the singular.</summary>
    public string Kind { get; private set; }

    /// <summary>What the record is called wherever it is mentioned. Set by the kernel from the record type.</summary>
    public string Title { get; set; } = "";

    /// <summary>The sort key of the title in the site's language (ICU). Set by the kernel.</summary>
    public SortKey SortKey { get; set; }

    /// <summary>The folded title, by which names match. Set by the kernel.</summary>
    public string Match { get; set; } = "";

    /// <summary>The key that another system knows the record by, unique within its kind, or null.</summary>
    public string? ExternalId { get; set; }

    /// <summary>The values of the fields that administrators made, as one JSON object by name; null where there are none. Written through the fields.</summary>
    public string? Custom { get; set; }

    /// <summary>The user who answers for the record, or null. Changed only by a deed.</summary>
    public Guid? OwnerId { get; set; }

    /// <summary>The department that the record belongs to, or null. Set from the owner, changed only by a deed.</summary>
    public Guid? DepartmentId { get; set; }

    /// <summary>The record that decides who sees this one, or null for itself.</summary>
    public Guid? DecidedById { get; set; }

    /// <summary>The record that decides who sees this one.</summary>
    public Spine? DecidedBy { get; set; }

    /// <summary>Further records that this one concerns; for types that said so by <c>ConcernsRecords</c>.</summary>
    public ICollection<RecordAbout> Abouts { get; private set; } = [];

    /// <summary>Says which further records this one concerns in a role, in place of those that it concerned in it before.</summary>
    /// <param name="role">A word of the record's type.</param>
    /// <param name="records">Their ids.</param>
    public void Concern(string role, IEnumerable<Guid> records)
    {
        var wanted = records.Where(id => id != Id).ToHashSet();
        foreach (var about in Abouts.Where(a => a.Role == role && !wanted.Contains(a.AboutId)).ToList())
            Abouts.Remove(about);
        foreach (var id in wanted.Where(id => !Abouts.Any(a => a.Role == role && a.AboutId == id)))
            Abouts.Add(new RecordAbout(Id, id, role));
    }

    /// <summary>When the record was put into the bin, or null.</summary>
    public DateTimeOffset? DeletedAt { get; set; }

    /// <summary>When what the record said was erased, or null. What is left is a skeleton that nobody edits.</summary>
    public DateTimeOffset? ErasedAt { get; set; }

    /// <summary>When the record was made (UTC).</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Who made it, or null for the system.</summary>
    public Guid? CreatedById { get; set; }

    /// <summary>When it was last changed (UTC).</summary>
    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>Who changed it last, or null for the system.</summary>
    public Guid? UpdatedById { get; set; }

    /// <summary>Counts the changes from 1; a save with a stale one is refused.</summary>
    public long Version { get; set; }
}
