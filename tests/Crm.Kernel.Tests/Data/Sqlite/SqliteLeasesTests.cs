using System.Data.Common;
using Crm.Kernel.Data.Sqlite;
using Microsoft.Data.Sqlite;

namespace Crm.Kernel.Tests.Data.Sqlite;

/// <summary>What is lent comes back as if nobody had had it.</summary>
public sealed class SqliteLeasesTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("crm-leases-").FullName;
    private readonly SqliteLeases _leases = new();

    private string Place => $"Data Source={Path.Combine(_folder, "a.db")};Pooling=False";

    public async Task InitializeAsync()
    {
        await using var connection = Open();
        await DoAsync(connection, "CREATE TABLE word (id INTEGER PRIMARY KEY, text TEXT); INSERT INTO word (text) VALUES ('one'), ('two'), ('three')");
    }

    public Task DisposeAsync()
    {
        _leases.Dispose();
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }

    [Fact]
    public async Task A_connection_and_its_statement_are_lent_again()
    {
        SqliteConnection first;
        await using (var connection = Open())
        {
            first = connection.Lease.Connection;
            Assert.Equal(3L, await AskAsync(connection, "SELECT count(*) FROM word WHERE text <> $not", "none"));
        }

        await using var again = Open();
        Assert.Same(first, again.Lease.Connection);
        Assert.Equal(2L, await AskAsync(again, "SELECT count(*) FROM word WHERE text <> $not", "two"));
        await using var other = Open();
        Assert.NotSame(first, other.Lease.Connection);
    }

    [Fact]
    public async Task Values_of_the_one_before_are_nobody_elses()
    {
        await using (var connection = Open())
            Assert.Equal(1L, await AskAsync(connection, "SELECT count(*) FROM word WHERE text = $not", "two"));
        await using var again = Open();
        await Assert.ThrowsAnyAsync<InvalidOperationException>(() => AskAsync(again, "SELECT count(*) FROM word WHERE text = $not"));
    }

    [Fact]
    public async Task The_same_text_is_read_twice_at_a_time()
    {
        await using var connection = Open();
        var seen = new List<string>();
        await using var outer = await ReadAsync(connection, "SELECT text FROM word ORDER BY id");
        while (await outer.ReadAsync())
        {
            await using var inner = await ReadAsync(connection, "SELECT text FROM word ORDER BY id");
            Assert.True(await inner.ReadAsync());
            seen.Add(outer.GetString(0) + inner.GetString(0));
        }

        Assert.Equal(["oneone", "twoone", "threeone"], seen);
    }

    [Fact]
    public async Task What_was_left_open_is_ended_before_the_next_has_it()
    {
        await using (var connection = Open())
        {
            await connection.BeginTransactionAsync();
            await DoAsync(connection, "INSERT INTO word (text) VALUES ('never')");
            var reader = await ReadAsync(connection, "SELECT text FROM word");
            Assert.True(await reader.ReadAsync());
            var second = await ReadAsync(connection, "SELECT text FROM word");
            Assert.True(await second.ReadAsync());
        }

        await using var again = Open();
        Assert.Equal(3L, await AskAsync(again, "SELECT count(*) FROM word"));
        await using var writing = await again.BeginTransactionAsync();
        await DoAsync(again, "INSERT INTO word (text) VALUES ('four')");
        await writing.CommitAsync();
        Assert.Equal(4L, await AskAsync(again, "SELECT count(*) FROM word"));
    }

    [Fact]
    public async Task A_table_that_changes_is_seen_as_it_is()
    {
        await using var reading = Open();
        Assert.Equal(2, await WidthAsync(reading));
        await using (var changing = Open())
            await DoAsync(changing, "ALTER TABLE word ADD COLUMN more TEXT");
        Assert.Equal(3, await WidthAsync(reading));
    }

    [Fact]
    public async Task Whoever_comes_after_a_clearing_sees_the_new_file()
    {
        var lent = Open();
        Assert.Equal(3L, await AskAsync(lent, "SELECT count(*) FROM word"));
        await DoAsync(lent, "PRAGMA wal_checkpoint(TRUNCATE)");
        var file = Path.Combine(_folder, "a.db");
        File.Move(file, file + ".old");
        _leases.Clear();
        await lent.DisposeAsync();
        await using var after = Open();
        Assert.Equal(0L, await AskAsync(after, "SELECT count(*) FROM sqlite_master"));
    }

    [Fact]
    public async Task Many_at_once_get_their_own_answers()
    {
        await Task.WhenAll(Enumerable.Range(0, 24).Select(user => Task.Run(async () =>
        {
            for (var turn = 0; turn < 100; turn++)
            {
                await using var connection = Open();
                // More texts than are kept, so that some are forgotten while others are used.
                Assert.Equal((long)(user * turn), await AskAsync(connection, $"SELECT $not * {turn}", user));
            }
        })));
    }

    private LeasedConnection Open()
    {
        var connection = new LeasedConnection(_leases, () => new SqliteConnection(Place), Place);
        connection.Open();
        return connection;
    }

    private static async Task DoAsync(LeasedConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<object?> AskAsync(LeasedConnection connection, string sql, object? value = null)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        if (value is not null)
            command.Parameters.Add(new SqliteParameter("$not", value));
        return await command.ExecuteScalarAsync();
    }

    private static async Task<DbDataReader> ReadAsync(LeasedConnection connection, string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteReaderAsync();
    }

    private static async Task<int> WidthAsync(LeasedConnection connection)
    {
        await using var reader = await ReadAsync(connection, "SELECT * FROM word LIMIT 1");
        return reader.FieldCount;
    }
}
