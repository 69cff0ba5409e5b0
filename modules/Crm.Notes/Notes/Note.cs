using Crm.Abstractions.Records;

namespace Crm.Notes.Notes;

/// <summary>Something worth remembering about a record.</summary>
internal sealed class Note : IRecord
{
    private Note() => Spine = null!;

    private Note(Guid id) => (Id, Spine) = (id, new Spine(id, "note"));

    public Guid Id { get; private set; }

    public Spine Spine { get; private set; }

    //#if (hangs)
    /// <summary>The record that it is about, which decides who sees it.</summary>
    public Guid AboutId { get; set => Spine.DecidedById = field = value; }

    public RecordRef About => new(AboutId);

    //#endif
    public string Text { get; set; } = "";

    public static Note New() => new(Guid.CreateVersion7());

    //#if (hangs)
    /// <summary>Hangs it on the record that it is about.</summary>
    public void HangOn(Guid about) => AboutId = about;

    //#endif
    /// <summary>The first line, short enough for a list.</summary>
    public string FirstLine()
    {
        var line = Text.AsSpan().Trim();
        var end = line.IndexOfAny('\r', '\n');
        return PlainText.Shorten((end < 0 ? line : line[..end]).ToString(), 80);
    }
}
