using Crm.Abstractions.Records;

namespace Crm.Notes.Notes;

/// <summary>Notes, described once for every door.</summary>
internal sealed class NoteRecord : RecordType<Note>
{
    public override Note Create(Guid? about)
    {
        var made = Note.New();
        //#if (hangs)
        made.HangOn(about ?? throw new RuleViolation("about", "Say which record the note is about."));
        //#endif
        return made;
    }

    public override void Check(Note record)
    {
        ArgumentNullException.ThrowIfNull(record);
        if (string.IsNullOrWhiteSpace(record.Text))
            throw new RuleViolation("text", "Write something.");
    }

    protected override void Describe(RecordDescription<Note> it)
    {
        ArgumentNullException.ThrowIfNull(it);
        it.Named("note", "notes", "notes").Shown("Note", "Notes", "note");
        it.Allowed(NotesPermissions.ViewNotes, NotesPermissions.EditNotes, NotesPermissions.DeleteNotes);
        it.LongText(n => n.Text).Label("Note").Required().Searchable().Personal().Mentions();
        //#if (hangs)
        it.HangsOnRecord();
        it.Link(n => n.AboutId, "about").Label("About").Listed().Headers("About", "Person External ID", "Organization External ID");
        //#endif
    }

    protected override string Title(Note record) => record.FirstLine();
    //#if (hangs)

    protected override IEnumerable<TimelineEntry> Timeline(Note record) =>
        [new(record.AboutId, record.Spine.CreatedAt, record.Text, "note")];
    //#endif
}
