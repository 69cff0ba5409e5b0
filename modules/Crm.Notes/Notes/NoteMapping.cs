using Crm.Abstractions.Data;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Crm.Notes.Notes;

/// <summary>Columns of <c>notes_note</c>.</summary>
internal sealed class NoteMapping : Mapping<Note>
{
    protected override void Map(EntityTypeBuilder<Note> it)
    {
        it.Record("notes_note");
        //#if (hangs)
        it.Reference(n => n.AboutId);
        it.Ignore(n => n.About);
        //#endif
        it.Property(n => n.Text).Personal();
    }
}
