using System.Data;
using System.Security.Cryptography;
using System.Text;
using Crm.Kernel.Data;
using Npgsql;

namespace Crm.Kernel.Jobs;

/// <summary>Lets one of several nodes on the same PostgreSQL do a loop's work; the next takes over when its connection ends. The one server on SQLite always has its turn.</summary>
internal sealed class OneNode(DatabaseOptions options)
{
    public Turn Of(string work) => new(options, NumberOf(work));

    // The number of a lock is made from the words, so that no list of numbers is kept.
    private static long NumberOf(string work) => BitConverter.ToInt64(SHA256.HashData(Encoding.UTF8.GetBytes("crm " + work)));

    /// <summary>A node's place in the queue for a work.</summary>
    internal sealed class Turn(DatabaseOptions options, long number) : IAsyncDisposable
    {
        private NpgsqlConnection? _connection;

        /// <summary>Says whether this node does the work now.</summary>
        public async Task<bool> IsMineAsync(CancellationToken ct)
        {
            if (options.IsSqlite)
                return true;
            try
            {
                if (_connection is { State: ConnectionState.Open })
                    return await AskAsync("SELECT TRUE", ct);
                await LeaveAsync();
                // Kept apart from the pool: the lock lives as long as the connection.
                _connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(options.ConnectionString) { Pooling = false, KeepAlive = 5 }.ConnectionString);
                await _connection.OpenAsync(ct);
                if (await AskAsync($"SELECT pg_try_advisory_lock({number})", ct))
                    return true;
            }
            catch (NpgsqlException)
            {
                // The database is away, and with it the lock.
            }

            await LeaveAsync();
            return false;
        }

        public ValueTask DisposeAsync() => LeaveAsync();

        private async Task<bool> AskAsync(string question, CancellationToken ct)
        {
            await using var command = new NpgsqlCommand(question, _connection);
            return await command.ExecuteScalarAsync(ct) is true;
        }

        private async ValueTask LeaveAsync()
        {
            if (_connection is { } connection)
                await connection.DisposeAsync();
            _connection = null;
        }
    }
}
