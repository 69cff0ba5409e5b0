using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Crm.Kernel.Data.Sqlite;

/// <summary>A transaction on what is lent. It takes the right to write at once: one that reads first and writes later may find that somebody else has written.</summary>
internal sealed class LeasedTransaction : DbTransaction
{
    private readonly LeasedConnection _connection;
    private readonly SqliteLease _lease;
    private readonly SqliteTransaction _inner;

    public LeasedTransaction(LeasedConnection connection, IsolationLevel isolation)
    {
        (_connection, _lease) = (connection, connection.Lease);
        _lease.Transaction = _inner = _lease.Connection.BeginTransaction(isolation);
    }

    public override IsolationLevel IsolationLevel => _inner.IsolationLevel;

    public override bool SupportsSavepoints => true;

    protected override DbConnection DbConnection => _connection;

    public override void Commit()
    {
        _inner.Commit();
        End();
    }

    public override void Rollback()
    {
        _inner.Rollback();
        End();
    }

    public override void Save(string savepointName) => _inner.Save(savepointName);

    public override void Rollback(string savepointName) => _inner.Rollback(savepointName);

    public override void Release(string savepointName) => _inner.Release(savepointName);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inner.Dispose();
            End();
        }

        base.Dispose(disposing);
    }

    private void End()
    {
        if (ReferenceEquals(_lease.Transaction, _inner))
            _lease.Transaction = null;
    }
}
