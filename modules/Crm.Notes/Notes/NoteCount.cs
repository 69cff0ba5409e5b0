using System.Linq.Expressions;
using Crm.Abstractions.Data;
using Crm.Abstractions.Records;

namespace Crm.Notes.Notes;

/// <summary>How many notes hang on a record: <c>notes.count</c>.</summary>
internal sealed class NoteCount : ContributedField<int>
{
    public override string Name => "notes.count";

    public override string Label => "Notes";

    public override FieldKind Kind => FieldKind.Number;

    public override string Permission => NotesPermissions.ViewNotes.Name;

    protected override Expression<Func<Guid, int>> Value(CrmDb db) =>
        id => db.Records.Count(n => n.DecidedById == id && n.Kind == "note" && n.DeletedAt == null);
}
