using System.Data.Common;
using Crm.Abstractions.Data;
using Crm.Kernel.Data;
using Crm.Kernel.Search;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Crm.Kernel.Security;

/// <summary>
/// A number that changes with whatever says who somebody is and what he may: users, roles, departments, tokens, hand-overs.
/// The database itself counts, so that no door, no other node and no hand at the database can forget to.
/// </summary>
internal static class RightsVersion
{
    /// <summary>The table of the one number. It is no data: a backup leaves it out.</summary>
    public const string Table = "core_rights_version";

    private const string Count = $"INSERT INTO {Table} (id, value) VALUES (1, 1) ON CONFLICT (id) DO UPDATE SET value = {Table}.value + 1";
    private const string Read = $"SELECT value FROM {Table}";

    // Of a user only what rights and pages are made of: a mistyped password changes nobody's rights.
    private const string OfUser = " OF name, email, security_stamp, language, time_zone, theme, department_id, disabled_at";

    private static readonly string[] _tables =
        ["core_user", "core_user_role", "core_user_department", "core_role", "core_role_permission", "core_department", "core_heir", "core_token"];

    public static void Schema(SchemaChange change)
    {
        const string Create = $"CREATE TABLE {Table} (id INTEGER NOT NULL PRIMARY KEY, value BIGINT NOT NULL)";
        const string Function = $"CREATE FUNCTION {Table}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {Count}; RETURN NULL; END $$";
        change.Sql(Create, Create);
        change.Sql("", Function);
        foreach (var table in _tables)
        {
            var of = table == "core_user" ? OfUser : "";
            foreach (var act in (string[])["INSERT", "UPDATE" + of, "DELETE"])
                change.Sql($"CREATE TRIGGER {table}_rights_{act.Split(' ')[0].ToLowerInvariant()} AFTER {act} ON {table} BEGIN {Count}; END", "");
            // At the end of the transaction: nobody waits for the number while somebody still works, and nobody for each other.
            change.Sql("", $"CREATE CONSTRAINT TRIGGER {table}_rights AFTER INSERT OR UPDATE{of} OR DELETE ON {table} DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION {Table}()");
        }
    }

    /// <summary>Reads what is committed, outside whatever unit runs.</summary>
    public static async Task<long> ReadAsync(DatabaseOptions options, CancellationToken ct)
    {
        await using DbConnection connection = options.IsSqlite ? new SqliteConnection(options.ConnectionString) : new NpgsqlConnection(options.ConnectionString);
        await connection.OpenAsync(ct);
        return await connection.CountAsync(Read, ct);
    }
}
