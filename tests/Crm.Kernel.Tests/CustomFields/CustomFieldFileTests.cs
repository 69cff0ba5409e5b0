using System.Text;
using Crm.Abstractions.Records;
using Crm.Kernel.Export;
using Crm.Kernel.Import;
using Crm.Kernel.Records;
using Crm.Kernel.Security;
using Crm.Kernel.Tests.Records;
using Crm.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Tests.CustomFields;

/// <summary>Custom fields in files, in and out.</summary>
public abstract class CustomFieldFileTests(CrmHost host)
{
    [Fact]
    public async Task A_file_is_read_by_labels_and_names_and_what_was_written_is_read_again()
    {
        await host.FieldAsync("organization", FieldKind.Text, "Hull no.", f => f with { IsUnique = true, IsRequired = true });
        await host.FieldAsync("organization", FieldKind.Number, "Tonnage");
        await host.FieldAsync("organization", FieldKind.Money, "Price");
        await host.FieldAsync("organization", FieldKind.Date, "Launched");
        await host.FieldAsync("organization", FieldKind.Time, "Opens");
        await host.FieldAsync("organization", FieldKind.YesNo, "Insured");
        await host.FieldAsync("organization", FieldKind.OneOf, "State", f => f with { Options = FieldRoom.Options("At sea", "In dry dock") });
        await host.FieldAsync("organization", FieldKind.ManyOf, "Cargo", f => f with { Options = FieldRoom.Options("Timber", "Grain") });
        await host.FieldAsync("organization", FieldKind.Link, "Captain", f => f with { LinkKinds = ["person"] });
        var me = await new People(host).AdministratorAsync();
        await host.MakeAsync(me, "people", ("lastName", "Ahab"), ("externalId", "cap1"));
        const string Heading = "External ID,Name,Hull no.,tonnage,Price,Launched,Opens,Insured,State,Cargo,Captain External ID\n";

        var (result, bad) = await ImportAsync(Heading
            + "c1,One,H-1,\"1,200.5\",12.50 EUR,2001-02-03,08:30,yes,In dry dock,timber; Grain,cap1\n"
            + "c2,Two,H-2,many,,,,,,,\nc3,Three,H-3,,12,,,,,,\nc4,Four,H-4,,,,,,Sunk,,\nc5,Five,,,,,,,,,\nc6,Six,h-1,,,,,,,,\nc7,Seven,H-7,,,,,,,,nobody\n");
        Assert.Equal((1, 6), (result.Created, result.Failed));
        Assert.Equal(["Captain External ID", "Hull no.", "Price", "State", "tonnage"], bad.Select(b => b.Column).Where(c => c.Length > 0).Distinct().Order(StringComparer.Ordinal));

        var ship = (await host.AsAsync(me, "organizations", d => d.ListAsync(new RecordQuery("externalId eq c1", null, 1, null, null), CancellationToken.None))).Items.Single();
        Assert.Equal((1200.5m, new Money(12.5m, "EUR"), new DateOnly(2001, 2, 3), new TimeOnly(8, 30), true, "inDryDock"), (
            ship.Values["tonnage"], ship.Values["price"], ship.Values["launched"], ship.Values["opens"], ship.Values["insured"], ship.Values["state"]));
        Assert.Equal(["timber", "grain"], (IEnumerable<string>)ship.Values["cargo"]!);
        Assert.Equal("Ahab", ((LinkView)ship.Values["captain"]!).Title);

        var file = await ExportAsync();
        Assert.Contains("Hull no.", file, StringComparison.Ordinal);
        Assert.Contains("12.50 EUR", file, StringComparison.Ordinal);
        var again = await ImportAsync(file);
        var written = "";
        await host.InAsync(async db => written = string.Join(' ', await db.Set<ImportedRow>().Where(r => !r.IsCreated).Select(r => r.Changes).ToListAsync()));
        Assert.Equal(0, again.Result.Created);
        foreach (var name in new[] { "hullNo", "tonnage", "price", "launched", "opens", "insured", "state", "cargo", "captain" })
            Assert.DoesNotContain($"\"{name}\"", written, StringComparison.Ordinal);
        var changed = await ImportAsync(Heading + "c1,One,H-9,7,,,,,,,\n");
        Assert.Equal(1, changed.Result.Updated);
    }

    private async Task<(ImportResult Result, List<BadRow> Bad)> ImportAsync(string file)
    {
        await using var scope = host.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Actor>().IsSystem = true;
        var type = scope.ServiceProvider.GetRequiredService<RecordTypes>().Find("organization")!;
        var (plan, stream) = await scope.ServiceProvider.GetRequiredService<PlanImport>().RunAsync(type, new MemoryStream(Encoding.UTF8.GetBytes(file)), new ImportMap(), null, default);
        var bad = new List<BadRow>();
        var result = await scope.ServiceProvider.GetRequiredService<ImportRun>().RunAsync(
            plan, stream, new ImportOptions("ships.csv"),
            row =>
            {
                bad.Add(row);
                return Task.CompletedTask;
            },
            _ => Task.CompletedTask,
            default);
        return (result, bad);
    }

    private async Task<string> ExportAsync()
    {
        await using var scope = host.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Actor>().IsSystem = true;
        using var to = new MemoryStream();
        await scope.ServiceProvider.GetRequiredService<ExportRecords>()
            .RunAsync(scope.ServiceProvider.GetRequiredService<RecordTypes>().Find("organization")!, null, to, _ => Task.CompletedTask, default);
        return Encoding.UTF8.GetString(to.ToArray());
    }
}

/// <summary>On SQLite.</summary>
public sealed class CustomFieldFilesOnSqlite(SqliteHost host) : CustomFieldFileTests(host), IClassFixture<SqliteHost>;

/// <summary>On PostgreSQL.</summary>
public sealed class CustomFieldFilesOnPostgres(PostgresHost host) : CustomFieldFileTests(host), IClassFixture<PostgresHost>;
