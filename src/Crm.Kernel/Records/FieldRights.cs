using Crm.Abstractions.Records;
using Crm.Abstractions.Security;

namespace Crm.Kernel.Records;

/// <summary>Who may write a field.</summary>
internal static class FieldRights
{
    public static bool MayWrite(RecordField field, Rights rights, bool creating) =>
        field.Write is not null && rights.May(field.ReadPermission) && rights.May(field.WritePermission)
        && (field.DeedPermission is null || (creating && rights.May(field.DeedPermission)));
}
