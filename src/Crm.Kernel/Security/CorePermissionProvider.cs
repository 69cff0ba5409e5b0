using Crm.Abstractions.Security;

namespace Crm.Kernel.Security;

/// <summary>Who has the kernel's own permissions from the start.</summary>
internal sealed class CorePermissionProvider : IPermissionProvider
{
    public IEnumerable<Permission> Permissions => CorePermissions.All;

    public IEnumerable<RoleDefault> Defaults =>
    [
        new(ReadyRoles.Administrator, CorePermissions.All),
        new(ReadyRoles.Sales, CorePermissions.ShareRecords, CorePermissions.ExportRecords, CorePermissions.UseApi),
        new(ReadyRoles.Marketing, CorePermissions.ImportRecords, CorePermissions.ExportRecords, CorePermissions.ShareViews, CorePermissions.UseApi),
        new(ReadyRoles.Service, CorePermissions.ShareRecords, CorePermissions.UseApi),
        new(ReadyRoles.PeopleManager, CorePermissions.HandOverRecords, CorePermissions.ShareRecords, CorePermissions.ImportRecords, CorePermissions.ExportRecords, CorePermissions.ShareViews, CorePermissions.UseApi),
        new(ReadyRoles.DecisionMaker, CorePermissions.ExportRecords, CorePermissions.UseApi),
        new(ReadyRoles.Analyst, CorePermissions.ExportRecords, CorePermissions.ShareViews, CorePermissions.UseApi),
        new(ReadyRoles.Controller, CorePermissions.ExportRecords, CorePermissions.ViewAudit, CorePermissions.UseApi),
    ];
}
