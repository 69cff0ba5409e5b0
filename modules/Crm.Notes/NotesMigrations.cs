using Crm.Abstractions.Data;

namespace Crm.Notes;

/// <summary>The module's schema, step by step.</summary>
internal sealed class NotesMigrations : DataMigration
{
    protected override void Build() => Step("notes", change =>
    {
        change.Table("notes_note", t =>
        {
            t.Record();
            t.Reference("about_id");
            t.Text("text");
        });
        change.Index("notes_note", ["about_id"]);
    });
}
