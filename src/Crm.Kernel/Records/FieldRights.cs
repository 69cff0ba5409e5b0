using Crm.Abstractions.Records;
using Crm.Abstractions.Security;

namespace Crm.Kernel.Records;

/// <summary>Who has a field, and who may write it.</summary>
internal static class FieldRights
{
    /// <summary>Says whether the field is there for somebody: the permission held, and one of the departments that have it. The server has all.</summary>
    public static bool MayRead(RecordField field, Rights rights) =>
        rights.May(field.ReadPermission) && (field.Departments.Count == 0 || rights.IsSystem || rights.Departments.Any(field.Departments.Contains));

    public static bool MayWrite(RecordField field, Rights rights, bool creating) =>
        field.Write is not null && MayRead(field, rights) && rights.May(field.WritePermission)
        && (field.DeedPermission is null || (creating && rights.May(field.DeedPermission)));
}
