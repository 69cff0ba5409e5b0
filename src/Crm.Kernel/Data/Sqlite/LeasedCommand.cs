using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace Crm.Kernel.Data.Sqlite;

/// <summary>A command whose statement is prepared once a connection, whoever asks.</summary>
internal sealed class LeasedCommand : DbCommand
{
    // Holds the parameters until they are lent to the statement.
    private readonly SqliteCommand _given = new();
    private readonly List<SqliteLease.Statement> _own = [];

    [AllowNull]
    public override string CommandText { get; set; } = "";

    public override int CommandTimeout { get; set; } = 30;

    public override CommandType CommandType { get; set; } = CommandType.Text;

    public override bool DesignTimeVisible { get; set; }

    public override UpdateRowSource UpdatedRowSource { get; set; }

    protected override DbConnection? DbConnection { get; set; }

    protected override DbParameterCollection DbParameterCollection => _given.Parameters;

    protected override DbTransaction? DbTransaction { get; set; }

    // SQLite answers where it is asked: there is nothing to call off.
    public override void Cancel()
    {
    }

    public override void Prepare()
    {
    }

    public override int ExecuteNonQuery()
    {
        using var reader = Read(CommandBehavior.Default);
        do
        {
            while (reader.Read())
            {
                // To the end, as the statement wants it.
            }
        }
        while (reader.NextResult());
        return reader.RecordsAffected;
    }

    public override object? ExecuteScalar()
    {
        using var reader = Read(CommandBehavior.Default);
        return reader.Read() ? reader.GetValue(0) : null;
    }

    public override Task<int> ExecuteNonQueryAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(ExecuteNonQuery());
    }

    public override Task<object?> ExecuteScalarAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(ExecuteScalar());
    }

    protected override DbParameter CreateDbParameter() => new SqliteParameter();

    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => Read(behavior);

    protected override Task<DbDataReader> ExecuteDbDataReaderAsync(CommandBehavior behavior, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult<DbDataReader>(Read(behavior));
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (var statement in _own)
                statement.Command.Dispose();
            _given.Dispose();
        }

        base.Dispose(disposing);
    }

    private SqliteDataReader Read(CommandBehavior behavior)
    {
        var lease = ((LeasedConnection)(Connection ?? throw new InvalidOperationException("The command has no connection."))).Lease;
        var statement = lease.Of(CommandText);
        if (!statement.IsKept)
            _own.Add(statement);
        var command = statement.Command;
        Lend(command.Parameters);
        (command.Transaction, command.CommandTimeout) = (lease.Transaction, CommandTimeout);
        return statement.Read(behavior);
    }

    // A row after the other by one command: its parameters are there already.
    private void Lend(SqliteParameterCollection to)
    {
        var given = _given.Parameters;
        var count = given.Count;
        var isLent = to.Count == count;
        for (var i = 0; isLent && i < count; i++)
            isLent = ReferenceEquals(to[i], given[i]);
        if (isLent)
            return;
        to.Clear();
        for (var i = 0; i < count; i++)
            to.Add(given[i]);
    }
}
