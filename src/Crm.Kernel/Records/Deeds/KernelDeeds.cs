using Crm.Abstractions.Records;
using Crm.Abstractions.Security;

namespace Crm.Kernel.Records.Deeds;

/// <summary>The deeds that every record has which decides for itself.</summary>
internal static class KernelDeeds
{
    private static readonly DeedInput _user = new("user", FieldKind.User, "Colleague", IsRequired: false);
    private static readonly DeedInput _department = new("department", FieldKind.Department, "Department", IsRequired: false);

    private static readonly IReadOnlyList<Deed> _all =
    [
        Make<HandOver>("hand-over", "Hand over", "transfer", CorePermissions.HandOverRecords, new DeedInput("owner", FieldKind.User, "New owner")),
        Make<ShareRecord>("share", "Share", "share", CorePermissions.ShareRecords, _user, _department, new DeedInput("mayEdit", FieldKind.YesNo, "May change it, too", IsRequired: false)),
        Make<UnshareRecord>("unshare", "Stop sharing", "share-off", CorePermissions.ShareRecords, _user with { IsTakenAway = true }, _department with { IsTakenAway = true }),
        Make<AddAccountManager>("add-manager", "Add account manager", "user-plus", CorePermissions.ShareRecords, _user with { IsRequired = true }),
        Make<RemoveAccountManager>("remove-manager", "Remove account manager", "user-minus", CorePermissions.ShareRecords, _user with { IsRequired = true, IsTakenAway = true }),
    ];

    /// <summary>A type's own deeds, and the kernel's where they go.</summary>
    public static IReadOnlyList<Deed> Of(RecordType type) => type.IsDependant || type.IsUnion ? type.Deeds : [.. type.Deeds, .. _all];

    private static Deed<IRecord, TVerb> Make<TVerb>(string name, string label, string icon, Permission permission, params DeedInput[] inputs)
        where TVerb : IVerb<IRecord> => new() { Name = name, Label = label, Icon = icon, Permission = permission.Name, Inputs = inputs };
}
