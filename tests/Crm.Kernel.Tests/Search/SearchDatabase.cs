using Crm.Testing;
using System.Data.Common;
using Crm.Abstractions.Search;
using Crm.Kernel.Search;
using Microsoft.Data.Sqlite;
using Npgsql;
using Xunit;

namespace Crm.Kernel.Tests.Search;

/// <summary>A fresh database with an empty index.</summary>
public interface ISearchDatabase
{
    ISearchIndex Index { get; }

    DbConnection Connection { get; }

    Task<DbConnection> ConnectAsync();
}

/// <summary>The index in a new SQLite file.</summary>
public sealed class SqliteSearchDatabase : ISearchDatabase, IAsyncLifetime
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"search-{Guid.CreateVersion7():N}.db");

    public ISearchIndex Index { get; } = new SqliteSearchIndex();

    public DbConnection Connection { get; private set; } = null!;

    public async Task<DbConnection> ConnectAsync()
    {
        var connection = new SqliteConnection($"Data Source={_path};Pooling=False");
        await connection.OpenAsync();
        await connection.RunAsync(null, "PRAGMA journal_mode = WAL", CancellationToken.None);
        return connection;
    }

    public async Task InitializeAsync()
    {
        Connection = await ConnectAsync();
        foreach (var statement in Index.Schema)
            await Connection.RunAsync(null, statement, CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        await Connection.DisposeAsync();
        foreach (var file in Directory.GetFiles(Path.GetTempPath(), Path.GetFileName(_path) + "*"))
            File.Delete(file);
    }
}

/// <summary>The index in a new PostgreSQL database.</summary>
public sealed class PostgresSearchDatabase : ISearchDatabase, IAsyncLifetime
{
    private readonly string _name = $"search_{Guid.CreateVersion7():N}";

    public ISearchIndex Index { get; } = new PostgresSearchIndex(blockSize: 64);

    public DbConnection Connection { get; private set; } = null!;

    public async Task<DbConnection> ConnectAsync()
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(await PostgresServer.Started)
        {
            Database = _name,
            Pooling = false,
        }.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    public async Task InitializeAsync()
    {
        await AdministerAsync($"CREATE DATABASE {_name}");
        Connection = await ConnectAsync();
        foreach (var statement in Index.Schema)
            await Connection.RunAsync(null, statement, CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        await Connection.DisposeAsync();
        await AdministerAsync($"DROP DATABASE {_name} WITH (FORCE)");
    }

    private static async Task AdministerAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(await PostgresServer.Started);
        await connection.OpenAsync();
        await connection.RunAsync(null, sql, CancellationToken.None);
    }
}
