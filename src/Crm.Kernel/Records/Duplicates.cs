using Crm.Abstractions.Records;
using Crm.Kernel.CustomFields;

namespace Crm.Kernel.Records;

/// <summary>Says which rule a unique index kept.</summary>
internal static class Duplicates
{
    /// <summary>Says whether it was the rule of a custom field.</summary>
    public static bool IsOfField(Exception failure) => CustomIndexes.FieldOf(failure.ToString()) is not null;

    /// <summary>What a restore runs into.</summary>
    public static RuleViolation ToRestoreViolation(Exception failure) => CustomIndexes.FieldOf(failure.ToString()) is { } field
        ? new RuleViolation(field, "Another record took this value meanwhile: change or delete that one first.")
        : IsExternalId(failure)
        ? new RuleViolation("externalId", "Another record took this external ID meanwhile: change or delete that one first.")
        : new RuleViolation("", "The same was made anew meanwhile: delete that one first.");

    public static RuleViolation ToViolation(Exception failure) => CustomIndexes.FieldOf(failure.ToString()) is { } field
        ? new RuleViolation(field, "Another record has this value.")
        : IsExternalId(failure)
        ? new RuleViolation("externalId", "Another record has this external ID.")
        : new RuleViolation("", "There is such a record already.");

    private static bool IsExternalId(Exception failure)
    {
        var detail = failure.InnerException?.Message ?? "";
        // The names are ours: SQLite says core_record.external_id, PostgreSQL IX_core_record_kind_external_id.
        return detail.Contains("external_id", StringComparison.OrdinalIgnoreCase);
    }
}
