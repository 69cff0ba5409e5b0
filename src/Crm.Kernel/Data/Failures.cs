using Microsoft.Data.Sqlite;
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
