using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Crm.Abstractions.Records;
using Crm.Kernel.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Crm.Kernel.CustomFields;

/// <summary>
/// The indexes of custom fields: one that keeps values unique, made in the save that asks for it, and one that lists are sorted by,
/// made in the background. Their expressions are those that <see cref="CustomSql"/> writes, letter for letter, else the database passes them by.
/// </summary>
internal static class CustomIndexes
{
    private const string Unique = "ux_custom_";
    private const string Sorted = "ix_custom_";
    private const string Double = "::double precision";

    /// <summary>Makes or drops the index that keeps a field's values unique, inside the unit that runs. What lies in the bin holds nothing, as with External IDs.</summary>
    public static Task UniqueAsync(KernelDb db, CustomField field, CancellationToken ct)
    {
        if (!field.IsUnique)
            return RunAsync(db, $"DROP INDEX IF EXISTS \"{NameOf(Unique, field)}\"", ct);
        var value = Value(field.Holds, field.Name, db.IsSqlite);
        var alike = field.Holds != FieldKind.Text ? $"({value})" : db.IsSqlite ? $"({value}) COLLATE NOCASE" : $"(lower({value}))";
        return RunAsync(db, $"CREATE UNIQUE INDEX IF NOT EXISTS \"{NameOf(Unique, field)}\" ON core_record ({alike}) WHERE kind = '{field.Kind}' AND deleted_at IS NULL AND {value} IS NOT NULL", ct);
    }

    /// <summary>Makes or drops the index that lists are sorted by, inside the unit that runs: writers wait for some seconds where there are millions of records.</summary>
    public static Task SortedAsync(KernelDb db, CustomField field, CancellationToken ct)
    {
        if (!field.IsListed || field.RetiredAt is not null || KeyOf(field, db.IsSqlite) is not { } key)
            return RunAsync(db, $"DROP INDEX IF EXISTS \"{NameOf(Sorted, field)}\"", ct);
        // EF Core asks whether the text is there, and not its cast.
        var empty = key.EndsWith(Double, StringComparison.Ordinal) ? key[..^Double.Length] : key;
        return RunAsync(db, $"CREATE INDEX IF NOT EXISTS \"{NameOf(Sorted, field)}\" ON core_record (kind, ({empty} IS NULL), ({key}), id) WHERE kind = '{field.Kind}' AND deleted_at IS NULL", ct);
    }

    /// <summary>The field's name in the name of an index that was broken, or null.</summary>
    public static string? FieldOf(string message)
    {
        var at = message.IndexOf(Unique, StringComparison.Ordinal);
        if (at < 0)
            return null;
        var rest = message[(at + Unique.Length)..];
        var end = rest.IndexOf('_', StringComparison.Ordinal);
        return end > 0 ? rest[..end] : null;
    }

    // Names and kinds are letters and digits; a name of any length that a kind may have would be cut.
    private static string NameOf(string prefix, CustomField field) =>
        prefix + field.Name + "_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(field.Kind)))[..8];

    private static string? KeyOf(CustomField field, bool isSqlite) => field.Holds switch
    {
        FieldKind.LongText or FieldKind.ManyOf or FieldKind.Link or FieldKind.YesNo => null,
        FieldKind.Text => Value(FieldKind.Text, field.Name + CustomValues.Folded, isSqlite),
        _ => Value(field.Holds, field.Name, isSqlite),
    };

    private static string Value(FieldKind kind, string name, bool isSqlite)
    {
        if (isSqlite)
            return $"json_extract(custom, '$.{name}{(kind == FieldKind.Money ? ".amount" : "")}')";
        var text = $"jsonb_extract_path_text(custom, '{name}'{(kind == FieldKind.Money ? ", 'amount'" : "")})";
        return kind switch
        {
            FieldKind.Number or FieldKind.Money => $"({text}){Double}",
            FieldKind.Date => $"make_date(split_part({text}, '-', 1)::integer, split_part({text}, '-', 2)::integer, split_part({text}, '-', 3)::integer)",
            FieldKind.Time => $"make_time(split_part({text}, ':', 1)::integer, split_part({text}, ':', 2)::integer, split_part({text}, ':', 3)::double precision)",
            FieldKind.Instant => $"to_timestamp(({text})::double precision / 1000000.0::double precision)",
            _ => text,
        };
    }

    private static async Task RunAsync(KernelDb db, string sql, CancellationToken ct)
    {
        await db.Database.OpenConnectionAsync(ct);
        try
        {
            await using DbCommand command = db.Database.GetDbConnection().CreateCommand();
            command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
            command.CommandText = sql;
            command.CommandTimeout = 3_600;
            await command.ExecuteNonQueryAsync(ct);
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }
}
