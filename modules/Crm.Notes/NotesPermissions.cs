using Crm.Abstractions.Security;

namespace Crm.Notes;

/// <summary>What roles may do with notes.</summary>
//#if (hangs)
/// <remarks>Who sees a note follows from the record that it hangs on.</remarks>
//#endif
internal sealed class NotesPermissions : IPermissionProvider
{
    public static Permission ViewNotes { get; } = new("ViewNotes", "See notes");

    public static Permission EditNotes { get; } = new("EditNotes", "Write and change notes");

    public static Permission DeleteNotes { get; } = new("DeleteNotes", "Put notes into the bin");

    public IEnumerable<Permission> Permissions => [ViewNotes, EditNotes, DeleteNotes];

    public IEnumerable<RoleDefault> Defaults =>
        [.. ReadyRoles.Staff.Select(role => new RoleDefault(role, ViewNotes, EditNotes)), new(ReadyRoles.Administrator, DeleteNotes)];
}
