using Crm.Abstractions.Records;

namespace Crm.Files.Files;

/// <summary>Files, described once for every door. Bytes come in and go out by doors of their own.</summary>
internal sealed class FileRecord : RecordType<StoredFile>
{
    public override StoredFile Create(Guid? about) =>
        throw new RuleViolation("", "A file is added by sending its bytes to the attachments of a record.");

    protected override void Describe(RecordDescription<StoredFile> it)
    {
        ArgumentNullException.ThrowIfNull(it);
        it.Named("file", "files", "files").Shown("File", "Files", "paperclip").HangsOnRecord();
        it.Allowed(FilesPermissions.ViewFiles, FilesPermissions.EditFiles, FilesPermissions.DeleteFiles);
        it.Field(f => f.Name).Label("Name").Required().Listed().Searchable().Personal();
        it.Computed("about", FieldKind.Link, f => f.AboutId).Label("About").Listed();
        it.Computed("mediaType", FieldKind.Text, f => f.MediaType).Label("Type").Listed();
        it.Computed("length", FieldKind.Number, f => f.Length).Label("Bytes").Listed();
    }

    protected override string Title(StoredFile record) => record.Name;

    protected override IEnumerable<TimelineEntry> Timeline(StoredFile record) =>
        [new(record.AboutId, record.Spine.CreatedAt, record.Name, "paperclip")];
}
