using Crm.Abstractions.Records;

namespace Crm.Kernel.Records;

/// <summary>Says which rule a unique index kept.</summary>
internal static class Duplicates
{
    public static RuleViolation ToViolation(Exception failure)
    {
        var detail = failure.InnerException?.Message ?? "";
        // The names are ours: SQLite says core_record.external_id, PostgreSQL IX_core_record_kind_external_id.
        return detail.Contains("external_id", StringComparison.OrdinalIgnoreCase)
            ? new RuleViolation("externalId", "Another record has this external ID; it may lie in the bin.")
            : new RuleViolation("", "There is such a record already.");
    }
}
