using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Crm.Kernel.Data;

/// <summary>What a database's error means.</summary>
internal static class Failures
{
    /// <summary>The unit may succeed when run again: serialisation, deadlock, a busy database.</summary>
    public static bool IsTransient(Exception failure) => Root(failure) switch
    {
        PostgresException e => e.SqlState is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected,
        SqliteException e => e.SqliteErrorCode is 5 or 6,
        _ => false,
    };

    /// <summary>A unique rule was broken.</summary>
    public static bool IsDuplicate(Exception failure) => Root(failure) switch
    {
        PostgresException e => e.SqlState is PostgresErrorCodes.UniqueViolation,
        SqliteException e => e.SqliteExtendedErrorCode is 2067 or 1555,
        _ => false,
    };

    /// <summary>Somebody else changed the same meanwhile, or added it: what was read is not what is there any more.</summary>
    public static bool IsStale(Exception failure) => failure is DbUpdateConcurrencyException || (failure is DbUpdateException && IsDuplicate(failure));

    // Npgsql's strategy wraps what it holds for transient once more.
    private static Exception Root(Exception failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (cause is PostgresException or SqliteException)
                return cause;
        }

        return failure;
    }
}
