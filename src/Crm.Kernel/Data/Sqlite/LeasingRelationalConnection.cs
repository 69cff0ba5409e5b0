using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Sqlite.Storage.Internal;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Data.Sqlite;

#pragma warning disable EF1001 // EF Core has no public place to say what connection a context gets for a connection string (ADR 19); when this one moves, the build says so.

/// <summary>Has contexts lent their connections.</summary>
internal sealed class LeasingRelationalConnection(
    RelationalConnectionDependencies dependencies, IRawSqlCommandBuilder rawSqlCommandBuilder, IDiagnosticsLogger<DbLoggerCategory.Infrastructure> logger)
    : SqliteRelationalConnection(dependencies, rawSqlCommandBuilder, logger)
{
    protected override DbConnection CreateDbConnection() => new LeasedConnection(
        ((KernelDb)Dependencies.CurrentContext.Context).Leases, () => (SqliteConnection)base.CreateDbConnection(), GetValidatedConnectionString());
}
#pragma warning restore EF1001
