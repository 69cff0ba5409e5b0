using Crm.Abstractions.Records;
using Crm.Kernel.CustomFields;
using Crm.Kernel.Data;
using Crm.Kernel.Records;
using Crm.Kernel.Tests.Records;
using Crm.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Tests.CustomFields;

/// <summary>Listed fields are sorted by an index, and a long list isn't sorted without one.</summary>
public abstract class CustomIndexTests(CrmHost host)
{
    /// <summary>What the database says it does for a query.</summary>
    protected abstract string Explain { get; }

    [Fact]
    public async Task The_database_takes_the_index_of_each_kind_for_the_order_that_a_list_asks_for()
    {
        var text = await ListedAsync(FieldKind.Text, "Mast");
        var number = await ListedAsync(FieldKind.Number, "Draught");
        var money = await ListedAsync(FieldKind.Money, "Fee");
        var day = await ListedAsync(FieldKind.Date, "Laid down");
        var time = await ListedAsync(FieldKind.Time, "Bell");
        var moment = await ListedAsync(FieldKind.Instant, "Sighted");
        await host.Services.GetRequiredService<CustomFieldWork>().RunAsync(CancellationToken.None);
        await TakesAsync(text, r => r.OrderBy(s => CustomColumn.Text(s.Custom, "mast_") == null).ThenBy(s => CustomColumn.Text(s.Custom, "mast_")));
        await TakesAsync(number, r => r.OrderBy(s => CustomColumn.Number(s.Custom, "draught") == null).ThenBy(s => CustomColumn.Number(s.Custom, "draught")));
        await TakesAsync(money, r => r.OrderBy(s => CustomColumn.Amount(s.Custom, "fee") == null).ThenBy(s => CustomColumn.Amount(s.Custom, "fee")));
        await TakesAsync(day, r => r.OrderBy(s => CustomColumn.Day(s.Custom, "laidDown") == null).ThenBy(s => CustomColumn.Day(s.Custom, "laidDown")));
        await TakesAsync(time, r => r.OrderBy(s => CustomColumn.Time(s.Custom, "bell") == null).ThenBy(s => CustomColumn.Time(s.Custom, "bell")));
        await TakesAsync(moment, r => r.OrderBy(s => CustomColumn.Instant(s.Custom, "sighted") == null).ThenBy(s => CustomColumn.Instant(s.Custom, "sighted")));
    }

    [Fact]
    public async Task A_long_list_is_sorted_by_a_field_only_where_it_is_listed_and_the_reason_is_said()
    {
        var me = await new People(host).AdministratorAsync();
        var field = await host.FieldAsync("person", FieldKind.Number, "Weight");
        await host.MakeAsync(me, "people", ("lastName", "Light"), ("weight", 1m));
        Assert.Contains("Light", await host.TitlesAsync(me, "people", null, "weight"));
        await host.InAsync(db => db.WriteAsync(
            async ct => await new BulkInsert(db).InsertAsync(db.Model.FindEntityType(typeof(Spine))!, Enumerable.Range(0, 100_001).Select(_ => new Spine(Guid.CreateVersion7(), "person")), ct), CancellationToken.None));
        var refused = await Assert.ThrowsAsync<BadFilter>(() => host.TitlesAsync(me, "people", null, "weight"));
        Assert.Contains("mark the field as listed", refused.Message, StringComparison.Ordinal);
        await host.ChangeAsync(field, f => f with { IsListed = true });
        await host.Services.GetRequiredService<CustomFieldWork>().RunAsync(CancellationToken.None);
        Assert.Contains("Light", await host.TitlesAsync(me, "people", null, "weight"));
    }

    private Task<CustomField> ListedAsync(FieldKind holds, string label) => host.FieldAsync("organization", holds, label, f => f with { IsListed = true });

    private async Task TakesAsync(CustomField field, Func<IQueryable<Spine>, IQueryable<Spine>> order) => await host.InAsync(async db =>
    {
        await db.Database.OpenConnectionAsync();
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = Explain + order(db.Records.Where(r => r.Kind == "organization" && r.DeletedAt == null)).Select(r => r.Id).ToQueryString();
        await using var reader = await command.ExecuteReaderAsync();
        var plan = new List<string>();
        do
        {
            while (await reader.ReadAsync())
                plan.Add(reader.GetValue(reader.FieldCount - 1).ToString()!);
        }
        while (await reader.NextResultAsync());
        var said = command.CommandText + "\n" + string.Join('\n', plan);
        Assert.True(said.Contains($"ix_custom_{field.Name}_", StringComparison.Ordinal) && !said.Contains("TEMP B-TREE", StringComparison.Ordinal), said);
    });
}

/// <summary>On SQLite.</summary>
public sealed class CustomIndexesOnSqlite(SqliteHost host) : CustomIndexTests(host), IClassFixture<SqliteHost>
{
    // The server's own job may just have counted that there are next to no rows, for which no index is worth while.
    /// <inheritdoc/>
    protected override string Explain => "DROP TABLE IF EXISTS sqlite_stat1; DROP TABLE IF EXISTS sqlite_stat4; ANALYZE sqlite_schema; EXPLAIN QUERY PLAN ";
}

/// <summary>On PostgreSQL.</summary>
public sealed class CustomIndexesOnPostgres(PostgresHost host) : CustomIndexTests(host), IClassFixture<PostgresHost>
{
    /// <inheritdoc/>
    protected override string Explain => "SET enable_seqscan = off; SET enable_sort = off; SET enable_bitmapscan = off; EXPLAIN ";
}
