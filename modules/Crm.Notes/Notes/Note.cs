using Crm.Abstractions.Records;

namespace Crm.Notes.Notes;

/// <summary>Something worth remembering about a record.</summary>
internal sealed class Note : IRecord
{
    public Note(Guid about)
    {
        Id = Guid.CreateVersion7();
        Spine = new Spine(Id, "note") { DecidedById = about };
        AboutId = about;
    }

    private Note() => Spine = null!;

    public Guid Id { get; private set; }

    public Spine Spine { get; private set; }

    public Guid AboutId { get; private set; }

    public RecordRef About => new(AboutId);

    public string Text { get; set; } = "";

    /// <summary>The first line, short enough for a list.</summary>
    public string FirstLine()
    {
        var line = Text.AsSpan().Trim();
        var end = line.IndexOfAny('\r', '\n');
        if (end >= 0)
            line = line[..end];
        return line.Length <= 80 ? line.ToString() : string.Concat(line[..79], "…");
    }
}
