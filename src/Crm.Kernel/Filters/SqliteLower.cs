using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Crm.Kernel.Filters;

/// <summary>Lets SQLite lower every alphabet: its own function knows ASCII only.</summary>
internal sealed class SqliteLower : DbConnectionInterceptor
{
    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Add(connection);

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Add(connection);
        return Task.CompletedTask;
    }

#pragma warning disable CA1308 // Lowering is what it is for.
    private static void Add(DbConnection connection) =>
        ((SqliteConnection)connection).CreateFunction("lower", (string? text) => text?.ToLowerInvariant(), isDeterministic: true);
#pragma warning restore CA1308
}
