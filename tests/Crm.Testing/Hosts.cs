using Microsoft.Data.Sqlite;
using Npgsql;

namespace Crm.Testing;

/// <summary>On SQLite.</summary>
public class SqliteHost : CrmHost
{
    /// <inheritdoc/>
    protected override Task DatabaseAsync(IDictionary<string, string?> settings) => Task.CompletedTask;

    /// <inheritdoc/>
    protected override Task DropAsync()
    {
        SqliteConnection.ClearAllPools();
        return Task.CompletedTask;
    }
}

/// <summary>On PostgreSQL.</summary>
public class PostgresHost : CrmHost
{
    private readonly string _name = $"crm_{Guid.CreateVersion7():N}";

    /// <inheritdoc/>
    protected override async Task DatabaseAsync(IDictionary<string, string?> settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        await ExecuteAsync($"CREATE DATABASE {_name}");
        settings["Database:Provider"] = "PostgreSql";
        settings["Database:ConnectionString"] = new NpgsqlConnectionStringBuilder(await PostgresServer.Started) { Database = _name, MaxPoolSize = 20 }.ConnectionString;
    }

    /// <inheritdoc/>
    protected override Task DropAsync() => ExecuteAsync($"DROP DATABASE IF EXISTS {_name} WITH (FORCE)");

    private static async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(await PostgresServer.Started);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
