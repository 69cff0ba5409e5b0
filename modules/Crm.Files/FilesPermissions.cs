using Crm.Abstractions.Security;

namespace Crm.Files;

/// <summary>What roles may do with files. Who sees a file follows from the record that it hangs on.</summary>
internal sealed class FilesPermissions : IPermissionProvider
{
    public static Permission ViewFiles { get; } = new("ViewFiles", "See and download files");

    public static Permission EditFiles { get; } = new("EditFiles", "Add files");

    public static Permission DeleteFiles { get; } = new("DeleteFiles", "Put files into the bin");

    public IEnumerable<Permission> Permissions => [ViewFiles, EditFiles, DeleteFiles];

    public IEnumerable<RoleDefault> Defaults =>
        [.. ReadyRoles.Staff.Select(role => new RoleDefault(role, ViewFiles, EditFiles)), new(ReadyRoles.Administrator, DeleteFiles)];
}
