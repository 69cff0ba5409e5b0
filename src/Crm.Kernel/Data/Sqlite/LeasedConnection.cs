using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace Crm.Kernel.Data.Sqlite;

/// <summary>A connection that is lent an open one from its opening to its closing.</summary>
/// <param name="leases">Lend it.</param>
/// <param name="make">Makes a connection with the functions that queries count on.</param>
internal sealed class LeasedConnection(SqliteLeases leases, Func<SqliteConnection> make, string place) : DbConnection
{
    private SqliteLease? _lease;

    [AllowNull]
    public override string ConnectionString
    {
        get => place;
        set => throw new NotSupportedException("A lent connection stays where it is.");
    }

    public override string Database => "main";

    public override string DataSource => _lease?.Connection.DataSource ?? new SqliteConnectionStringBuilder(place).DataSource;

    public override string ServerVersion => Lease.Connection.ServerVersion;

    public override ConnectionState State => _lease is null ? ConnectionState.Closed : ConnectionState.Open;

    public SqliteLease Lease => _lease ?? throw new InvalidOperationException("The connection is closed.");

    public override void Open() => _lease ??= leases.Take(place, make);

    public override Task OpenAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Open();
        return Task.CompletedTask;
    }

    public override void Close()
    {
        if (_lease is not { } lease)
            return;
        _lease = null;
        leases.GiveBack(lease);
    }

    public override void ChangeDatabase(string databaseName) => throw new NotSupportedException("There is one database in a file.");

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) => new LeasedTransaction(this, isolationLevel);

    protected override DbCommand CreateDbCommand() => new LeasedCommand { Connection = this };

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            Close();
        base.Dispose(disposing);
    }
}
