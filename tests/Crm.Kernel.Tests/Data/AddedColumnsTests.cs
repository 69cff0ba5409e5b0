using Crm.Abstractions.Data;
using Crm.Abstractions.Records;
using Crm.Kernel.Data;
using Crm.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Crm.Kernel.Tests.Data;

/// <summary>A later step adds columns to a table that has rows.</summary>
public abstract class AddedColumnsTests(CrmHost host)
{
    [Fact]
    public async Task A_link_added_later_points_to_a_record_or_to_nothing()
    {
        await host.InAsync(async db =>
        {
            await ApplyAsync(db, change => change.Table("notes_later", t => t.Key()));
            db.Add(new Spine(Guid.CreateVersion7(), "note"));
            await db.SaveChangesAsync();
            await db.Database.ExecuteSqlAsync($"INSERT INTO notes_later (id) VALUES ({Guid.CreateVersion7()})");

            await ApplyAsync(db, change => change.Columns("notes_later", t =>
            {
                t.Reference("about_id", nullable: true);
                t.Text("words", nullable: true);
            }));
            await db.Database.ExecuteSqlAsync($"UPDATE notes_later SET about_id = (SELECT id FROM core_record WHERE kind = 'note'), words = 'some'");
            var nowhere = await Record.ExceptionAsync(() => db.Database.ExecuteSqlAsync($"UPDATE notes_later SET about_id = id"));
            Assert.True(nowhere is SqliteException { SqliteExtendedErrorCode: 787 } or PostgresException { SqlState: PostgresErrorCodes.ForeignKeyViolation }, nowhere?.ToString());
            Assert.NotNull(await Record.ExceptionAsync(() => db.Database.ExecuteSqlAsync($"DELETE FROM core_record WHERE kind = 'note'")));
        });
    }

    internal static async Task ApplyAsync(KernelDb db, Action<SchemaChange> step)
    {
        var builder = new MigrationBuilder(db.Database.ProviderName);
        step(new SchemaChange(builder, db.IsSqlite));
        foreach (var command in db.GetService<IMigrationsSqlGenerator>().Generate(builder.Operations, db.GetService<IDesignTimeModel>().Model))
            await command.ExecuteNonQueryAsync(db.GetService<IRelationalConnection>());
    }
}

/// <summary>On SQLite.</summary>
public sealed class AddedColumnsOnSqlite(SqliteHost host) : AddedColumnsTests(host), IClassFixture<SqliteHost>
{
    [Fact]
    public void A_link_that_rows_must_have_is_refused_with_the_reason()
    {
        var change = new SchemaChange(new MigrationBuilder("Microsoft.EntityFrameworkCore.Sqlite"), isSqlite: true);
        var refused = Assert.Throws<NotSupportedException>(() => change.Columns("notes_later", t => t.Reference("about_id")));
        Assert.Contains("nullable: true", refused.Message, StringComparison.Ordinal);
    }
}

/// <summary>On PostgreSQL.</summary>
public sealed class AddedColumnsOnPostgres(PostgresHost host) : AddedColumnsTests(host), IClassFixture<PostgresHost>;
