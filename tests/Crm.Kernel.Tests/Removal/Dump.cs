using System.Data.Common;
using System.Text;
using Crm.Kernel.Data;
using Crm.Kernel.Search;
using Crm.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Tests.Removal;

/// <summary>Every column of every table, the index's own among them, looked through for a word.</summary>
internal static class Dump
{
    /// <summary>The tables that hold a word, in any case.</summary>
    public static async Task<IReadOnlyList<string>> TablesWithAsync(CrmHost host, string word)
    {
        await host.Services.GetRequiredService<SettleIndex>().RunAsync(default);
        var found = new List<string>();
        await host.InAsync(async db =>
        {
            await db.Database.OpenConnectionAsync();
            var connection = db.Database.GetDbConnection();
            foreach (var table in await TablesAsync(connection, db))
            {
                if (await HasAsync(connection, table, word))
                    found.Add(table);
            }
        });
        return found;
    }

    private static async Task<List<string>> TablesAsync(DbConnection connection, KernelDb db)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = db.IsSqlite
            ? "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'core_search'"
            : "SELECT tablename FROM pg_tables WHERE schemaname = 'public'";
        await using var reader = await command.ExecuteReaderAsync();
        var tables = new List<string>();
        while (await reader.ReadAsync())
            tables.Add(reader.GetString(0));
        return tables;
    }

    private static async Task<bool> HasAsync(DbConnection connection, string table, string word)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = table == "core_search_doc" && connection is Npgsql.NpgsqlConnection
            ? "SELECT record_id, title, body, words::text FROM core_search_doc"
            : $"SELECT * FROM \"{table}\"";
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            for (var i = 0; i < reader.FieldCount; i++)
            {
                var text = reader.GetValue(i) is byte[] bytes ? Encoding.Latin1.GetString(bytes) : reader.GetValue(i).ToString()!;
                if (text.Contains(word, StringComparison.OrdinalIgnoreCase))
                    return true;
            }
        }

        return false;
    }
}
