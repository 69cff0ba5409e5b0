using System.Data;
using Microsoft.Data.Sqlite;

namespace Crm.Kernel.Data.Sqlite;

/// <summary>An open connection and its prepared statements by their text. One user at a time, as any connection.</summary>
internal sealed class SqliteLease : IDisposable
{
    // A statement takes some ten kilobytes: where so many are known, most were built for once.
    private const int MostStatements = 120;
    private readonly Dictionary<string, Statement> _statements = new(StringComparer.Ordinal);
    private readonly List<Statement> _used = [];

    public SqliteLease(string place, int era, SqliteConnection connection)
    {
        (Place, Era, Connection) = (place, era, connection);
        try
        {
            connection.Open();
            SqlitePragmas.Set(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public string Place { get; }

    /// <summary>Which generation of connections it belongs to.</summary>
    public int Era { get; }

    public SqliteConnection Connection { get; }

    /// <summary>The transaction that runs on it, or null.</summary>
    public SqliteTransaction? Transaction { get; set; }

    /// <summary>The statement of a text, prepared before or now; where the same one is being read from, another.</summary>
    public Statement Of(string text)
    {
        if (_statements.TryGetValue(text, out var statement) && statement.IsBusy)
        {
            statement = new Statement(Connection, text);
        }
        else if (statement is null)
        {
            if (_statements.Count >= MostStatements)
                Forget();
            _statements[text] = statement = new Statement(Connection, text) { IsKept = true };
        }

        // Once, however often: a load of a million rows is one lending.
        if (!statement.IsUsed)
            _used.Add(statement);
        statement.IsUsed = true;
        return statement;
    }

    /// <summary>Ends whatever its user left open; false where it can't be lent again.</summary>
    public bool Rest()
    {
        try
        {
            foreach (var statement in _used)
                statement.End();
            _used.Clear();
            Transaction?.Dispose();
            Transaction = null;
            return Connection.State == ConnectionState.Open;
        }
        catch (SqliteException)
        {
            return false;
        }
    }

    public void Dispose()
    {
        Forget();
        Connection.Dispose();
    }

    private void Forget()
    {
        foreach (var (text, statement) in _statements.Where(s => !s.Value.IsBusy).ToList())
        {
            _statements.Remove(text);
            statement.Command.Dispose();
        }
    }

    /// <summary>A command that keeps its prepared statement.</summary>
    internal sealed class Statement(SqliteConnection connection, string text)
    {
        private SqliteDataReader? _reader;

        public SqliteCommand Command { get; } = new(text, connection);

        /// <summary>It stays for the next who asks the same.</summary>
        public bool IsKept { get; init; }

        /// <summary>It ran since its connection was lent.</summary>
        public bool IsUsed { get; set; }

        public bool IsBusy => _reader is { IsClosed: false };

        public SqliteDataReader Read(CommandBehavior behavior) => _reader = Command.ExecuteReader(behavior);

        public void End()
        {
            _reader?.Dispose();
            _reader = null;
            Command.Parameters.Clear();
            IsUsed = false;
        }
    }
}
