using System.Data.Common;
using Crm.Kernel.Data;
using Crm.Kernel.Security;
using Crm.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Tests.Data;

/// <summary>The steps make the schema that the model means: columns, types, obligation, keys, indexes.</summary>
public abstract class SchemaTests(CrmHost host)
{
    /// <summary>Lists the catalog of the connection's database, a line a fact.</summary>
    protected abstract string Catalog { get; }

    [Fact]
    public async Task Steps_make_what_the_model_means()
    {
        var migrated = await FactsAsync(async db => (await ReadAsync(db)).ToList());
        var meant = await FactsAsync(ByModelAsync);
        Assert.NotEmpty(meant);
        var apart = meant.Except(migrated).Select(f => $"the mapping means, the steps don't make: {f}")
            .Concat(migrated.Except(meant).Select(f => $"the steps make, the mapping doesn't mean: {f}")).ToList();
        Assert.True(apart.Count == 0, string.Join('\n', apart));
        Assert.Equal(meant, migrated);
    }

    /// <summary>Makes a database from the model alone and reads its catalog.</summary>
    internal abstract Task<List<string>> ByModelAsync(KernelDb db);

    internal async Task<List<string>> ReadAsync(DbContext db)
    {
        var facts = new List<string>();
        var connection = db.Database.GetDbConnection();
        await db.Database.OpenConnectionAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = Catalog;
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            facts.Add(Line(reader));
        return facts;
    }

    private static string Line(DbDataReader reader) =>
        string.Join(' ', Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? "-" : reader.GetValue(i).ToString()));

    private async Task<List<string>> FactsAsync(Func<KernelDb, Task<List<string>>> read)
    {
        var facts = new List<string>();
        await host.InAsync(async db => facts = await read(db));
        // The search index, the ledger of steps, the number of the rights and the scheduler's own tables are no part of the model.
        return facts.Where(f => !f.StartsWith("core_search", StringComparison.Ordinal) && !f.StartsWith("core_migration", StringComparison.Ordinal) && !f.StartsWith(RightsVersion.Table, StringComparison.Ordinal) && !f.Contains("qrtz_", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList();
    }
}

/// <summary>On SQLite.</summary>
public sealed class SchemaOnSqlite(SqliteHost host) : SchemaTests(host), IClassFixture<SqliteHost>
{
    private readonly SqliteHost _host = host;

    /// <inheritdoc/>
    protected override string Catalog => """
        SELECT m.name, 'column', c.name, c.type, c."notnull", c.pk FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'
        UNION ALL SELECT m.name, 'key', f."from", f."table", f."to", f.on_delete FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table'
        UNION ALL SELECT m.name, 'index', (SELECT group_concat(x.name, ',') FROM pragma_index_info(i.name) x), i."unique", i.partial, '' FROM sqlite_master m JOIN pragma_index_list(m.name) i WHERE m.type = 'table' AND i.origin = 'c'
        """;

    internal override async Task<List<string>> ByModelAsync(KernelDb db)
    {
        var options = new DatabaseOptions(true, $"Data Source={Path.Combine(_host.DataDirectory, "model.db")};Pooling=False", _host.DataDirectory);
        await using var model = ActivatorUtilities.CreateInstance<KernelDb>(_host.Services, KernelServicesForTests.Options(options), options);
        await model.Database.EnsureCreatedAsync();
        return await ReadAsync(model);
    }
}

/// <summary>On PostgreSQL.</summary>
public sealed class SchemaOnPostgres(PostgresHost host) : SchemaTests(host), IClassFixture<PostgresHost>
{
    private readonly PostgresHost _host = host;

    /// <inheritdoc/>
    protected override string Catalog => """
        SELECT table_name, 'column', column_name, data_type, is_nullable, '' FROM information_schema.columns WHERE table_schema = 'public'
        UNION ALL SELECT conrelid::regclass::text, 'key', regexp_replace(pg_get_constraintdef(oid), 'ON DELETE NO ACTION', ''), '', '', '' FROM pg_constraint WHERE contype IN ('p', 'f') AND connamespace = 'public'::regnamespace
        UNION ALL SELECT tablename, 'index', regexp_replace(indexdef, 'INDEX .* ON', 'INDEX ON'), '', '', '' FROM pg_indexes WHERE schemaname = 'public'
        """;

    internal override async Task<List<string>> ByModelAsync(KernelDb db)
    {
        var connection = new Npgsql.NpgsqlConnectionStringBuilder(_host.Services.GetRequiredService<DatabaseOptions>().ConnectionString);
        connection.Database += "_model";
        connection.Pooling = false;
        var options = new DatabaseOptions(false, connection.ConnectionString, _host.DataDirectory);
        await using var model = ActivatorUtilities.CreateInstance<KernelDb>(_host.Services, KernelServicesForTests.Options(options), options);
        await model.Database.EnsureCreatedAsync();
        try
        {
            return await ReadAsync(model);
        }
        finally
        {
            await model.Database.EnsureDeletedAsync();
        }
    }
}

/// <summary>Options as the kernel makes them, for another database.</summary>
internal static class KernelServicesForTests
{
    public static DbContextOptions<KernelDb> Options(DatabaseOptions options)
    {
        var builder = new DbContextOptionsBuilder<KernelDb>();
        Crm.Kernel.Hosting.KernelServices.Configure(builder, options);
        return builder.Options;
    }
}
