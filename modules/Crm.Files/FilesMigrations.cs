using Crm.Abstractions.Data;

namespace Crm.Files;

/// <summary>The module's schema, step by step.</summary>
internal sealed class FilesMigrations : DataMigration
{
    protected override void Build() => Step("files", change =>
    {
        change.Table("files_content", t =>
        {
            t.Key();
            t.Bytes("hash");
            t.Number("length");
            t.YesNo("is_whole");
        });
        change.Index("files_content", ["hash"], unique: true, where: "is_whole");
        change.Table("files_chunk", t =>
        {
            t.Reference("content_id", "files_content");
            t.Small("position");
            t.Bytes("bytes");
            t.PrimaryKey("content_id", "position");
        });
        change.Table("files_file", t =>
        {
            t.Record();
            t.Reference("about_id");
            t.Reference("content_id", "files_content");
            t.Text("name");
            t.Text("media_type");
            t.Number("length");
        });
        change.Index("files_file", ["about_id"]);
        change.Index("files_file", ["content_id"]);
    });
}
