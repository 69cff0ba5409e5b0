using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Crm.Kernel.Data.Sqlite;

/// <summary>
/// Open SQLite connections that are lent from question to question, each with the statements that were prepared on it.
/// The provider's own pool keeps the file open, too, but registers every function and reads every statement anew each time: a fifth of what a page costs.
/// </summary>
internal sealed class SqliteLeases : IDisposable
{
    // More are seldom asked at once, and each keeps its part of the file in memory.
    private const int MostIdle = 8;
    private readonly ConcurrentStack<SqliteLease> _idle = new();
    private int _era;
    private volatile bool _isEnded;

    /// <summary>Lends a connection to a place.</summary>
    /// <param name="place">The connection string.</param>
    /// <param name="make">Makes a connection that is not open yet.</param>
    public SqliteLease Take(string place, Func<SqliteConnection> make)
    {
        // There is but one place, save for a test that has two.
        while (_idle.TryPop(out var lease))
        {
            if (lease.Era == _era && lease.Place == place)
                return lease;
            lease.Dispose();
        }

        return new SqliteLease(place, _era, make());
    }

    /// <summary>Takes one back; nothing runs on it any more.</summary>
    public void GiveBack(SqliteLease lease)
    {
        if (lease.Rest() && lease.Era == _era && !_isEnded && _idle.Count < MostIdle)
            _idle.Push(lease);
        else
            lease.Dispose();
    }

    /// <summary>Closes what is not lent, and what is lent as soon as it comes back: the file is to be replaced.</summary>
    public void Clear()
    {
        Interlocked.Increment(ref _era);
        while (_idle.TryPop(out var lease))
            lease.Dispose();
    }

    public void Dispose()
    {
        _isEnded = true;
        Clear();
    }
}
