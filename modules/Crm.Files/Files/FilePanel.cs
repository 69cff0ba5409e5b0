using Crm.Abstractions.Pages;

namespace Crm.Files.Files;

/// <summary>The files of a record, on its page.</summary>
internal sealed class FilePanel : Panel
{
    public override string Title => "Files";

    public override string Icon => "paperclip";

    public override string Permission => FilesPermissions.ViewFiles.Name;

    public override string Url => "/files/files/panel/{id}";
}
