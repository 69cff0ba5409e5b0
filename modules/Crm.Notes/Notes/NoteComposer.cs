using Crm.Abstractions.Pages;

namespace Crm.Notes.Notes;

/// <summary>The note box above a record's timeline.</summary>
internal sealed class NoteComposer : Composer
{
    public override string Title => "Note";

    public override string Icon => "note";

    public override bool StandsOpen => true;

    public override string Permission => NotesPermissions.EditNotes.Name;

    public override string Url => "/notes/notes/compose/{id}";
}
