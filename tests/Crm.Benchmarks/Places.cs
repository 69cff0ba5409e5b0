using Crm.Testing;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Crm.Benchmarks;

/// <summary>Where databases of companies lie, each by its name.</summary>
internal interface IPlaces
{
    /// <summary>A name that nothing has.</summary>
    string Fresh();

    Task<bool> IsThereAsync(string name);

    /// <summary>The settings by which a server finds it.</summary>
    Task<IReadOnlyDictionary<string, string?>> SettingsAsync(string name);

    Task MakeAsync(string name);

    /// <summary>Does once what the database would have done by itself in time.</summary>
    Task SettleAsync(string name);

    Task CopyAsync(string from, string to);

    Task DropAsync(string name);
}

/// <summary>On SQLite: a folder each.</summary>
internal sealed class SqlitePlaces : IPlaces
{
    private const string File = "crm.db";

    public string Fresh() => Path.Combine(Path.GetTempPath(), $"crm-bench-{Guid.CreateVersion7():N}");

    public Task<bool> IsThereAsync(string name) => Task.FromResult(System.IO.File.Exists(Path.Combine(name, File)));

    public Task<IReadOnlyDictionary<string, string?>> SettingsAsync(string name) =>
        Task.FromResult<IReadOnlyDictionary<string, string?>>(new Dictionary<string, string?> { ["Data:Directory"] = Path.GetFullPath(name) });

    public Task MakeAsync(string name) => Task.FromResult(Directory.CreateDirectory(name));

    public Task SettleAsync(string name) => Task.CompletedTask;

    // The last connection has written everything into the one file when it closed.
    public Task CopyAsync(string from, string to)
    {
        Directory.CreateDirectory(to);
        System.IO.File.Copy(Path.Combine(from, File), Path.Combine(to, File));
        return Task.CompletedTask;
    }

    public Task DropAsync(string name)
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(name, recursive: true);
        return Task.CompletedTask;
    }
}

/// <summary>On PostgreSQL: a database each, on the server that the tests use.</summary>
internal sealed class PostgresPlaces : IPlaces
{
    private readonly string _directory = Directory.CreateTempSubdirectory("crm-bench-").FullName;

    public string Fresh() => $"crm_bench_{Guid.CreateVersion7():N}";

    public async Task<bool> IsThereAsync(string name)
    {
        await using var connection = await OpenAsync();
        await using var command = new NpgsqlCommand("SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)", connection) { Parameters = { new() { Value = name } } };
        return await command.ExecuteScalarAsync() is true;
    }

    public async Task<IReadOnlyDictionary<string, string?>> SettingsAsync(string name) => new Dictionary<string, string?>
    {
        ["Data:Directory"] = _directory,
        ["Database:Provider"] = "PostgreSql",
        ["Database:ConnectionString"] = new NpgsqlConnectionStringBuilder(await PostgresServer.Started) { Database = name, MaxPoolSize = 20 }.ConnectionString,
    };

    public Task MakeAsync(string name) => ExecuteAsync($"CREATE DATABASE \"{name}\"");

    public Task SettleAsync(string name) => ExecuteAsync("VACUUM (ANALYZE)", name);

    public Task CopyAsync(string from, string to) => ExecuteAsync($"CREATE DATABASE \"{to}\" TEMPLATE \"{from}\"");

    public async Task DropAsync(string name)
    {
        await ExecuteAsync($"DROP DATABASE IF EXISTS \"{name}\" WITH (FORCE)");
        Directory.Delete(_directory, recursive: true);
    }

    private static async Task ExecuteAsync(string sql, string? database = null)
    {
        NpgsqlConnection.ClearAllPools();
        await using var connection = await OpenAsync();
        if (database is not null)
            await connection.ChangeDatabaseAsync(database);
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<NpgsqlConnection> OpenAsync()
    {
        var connection = new NpgsqlConnection(await PostgresServer.Started);
        await connection.OpenAsync();
        return connection;
    }
}
