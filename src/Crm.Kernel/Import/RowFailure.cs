using Crm.Abstractions.Records;
using Crm.Kernel.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Crm.Kernel.Import;

/// <summary>Says of a failed save whether its rows are to blame, and how.</summary>
internal static class RowFailure
{
    /// <summary>The reason; null where the failure isn't a row's (a full disk, a lost server) and the import stops.</summary>
    public static string? Of(Exception failure) => failure switch
    {
        RuleViolation violation => violation.Message,
        NotAllowed denied => denied.Message,
        DbUpdateConcurrencyException => "Somebody changed the record at the same moment: import the row again.",
        _ when Failures.IsDuplicate(failure) && CustomFields.CustomIndexes.FieldOf(failure.ToString()) is { } field => $"Another record has this value of '{field}'.",
        _ when Failures.IsDuplicate(failure) => "A record with the same External ID or key is there already.",
        _ when Failures.IsTransient(failure) => "The database was busy: import the row again.",
        DbUpdateException { InnerException: SqliteException { SqliteErrorCode: 19 } or PostgresException { SqlState: ['2', '3', ..] } } => "The row breaks a rule of the database.",
        DbUpdateException { InnerException: PostgresException { SqlState: ['2', '2', ..] } } => "A value can't be kept by the database.",
        _ => null,
    };
}
