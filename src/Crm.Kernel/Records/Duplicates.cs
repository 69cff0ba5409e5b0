using Crm.Abstractions.Records;
using Crm.Kernel.CustomFields;

namespace Crm.Kernel.Records;

/// <summary>Says which rule a unique index kept.</summary>
internal static class Duplicates
{
    /// <summary>Says whether it was the rule of a custom field.</summary>
    public static bool IsOfField(Exception failure) => CustomIndexes.FieldOf(failure.ToString()) is not null;

    public static RuleViolation ToViolation(Exception failure)
    {
        var detail = failure.InnerException?.Message ?? "";
        if (CustomIndexes.FieldOf(detail) is { } custom)
            return new RuleViolation(custom, "Another record has this value; it may lie in the bin.");
        // The names are ours: SQLite says core_record.external_id, PostgreSQL IX_core_record_kind_external_id.
        return detail.Contains("external_id", StringComparison.OrdinalIgnoreCase)
            ? new RuleViolation("externalId", "Another record has this external ID; it may lie in the bin.")
            : new RuleViolation("", "There is such a record already.");
    }
}
