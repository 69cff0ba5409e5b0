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
            //#if (hangs)
            t.Reference("about_id");
            //#endif
            t.Text("text");
        });
        //#if (hangs)
        change.Index("notes_note", ["about_id"]);
        //#endif
    });
}
