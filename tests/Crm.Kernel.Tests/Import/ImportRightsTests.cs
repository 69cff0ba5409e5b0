using System.Text;
using Crm.Abstractions.Security;
using Crm.Kernel.Bulk;
using Crm.Kernel.Import;
using Crm.Kernel.Security;
using Crm.Kernel.Tests.Api;
using Crm.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Tests.Import;

/// <summary>An import does no more than the importer may do by hand, and its files run nothing.</summary>
public abstract class ImportRightsTests(CrmHost host)
{
    private readonly People _people = new(host);

    [Theory]
    [InlineData("address", "Street,City,Person External ID\nHauptstr. 1,Berlin,{0}\nHauptstr. 2,Berlin,{1}\n")]
    public async Task Nothing_is_hung_on_a_person_whom_the_importer_may_only_see(string kind, string file)
    {
        var (theirs, mine) = (Guid.CreateVersion7().ToString("N"), Guid.CreateVersion7().ToString("N"));
        var seller = await _people.UserAsync("importer" + theirs, ReadyRoles.PeopleManager);
        using var admin = await host.ApiAsync(await _people.AdministratorAsync());
        using var api = await host.ApiAsync(seller);
        var shared = await admin.MadeAsync("people", new { lastName = "Shared", externalId = theirs });
        await api.MadeAsync("people", new { lastName = "Mine", externalId = mine });
        await host.InAsync(async db =>
        {
            db.Add(new RecordShare { PrincipalId = seller, RecordId = Guid.Parse(shared.Id()), At = TimeProvider.System.GetUtcNow() });
            await db.SaveChangesAsync();
        });
        await using var scope = host.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Actor>().UserId = seller;
        var bad = Assert.Single(await ImportWords.RunAsync(scope.ServiceProvider, kind, string.Format(System.Globalization.CultureInfo.InvariantCulture, file, theirs, mine)));
        Assert.Equal((2, "You may see this record, but not change it."), (bad.Row.Line, bad.Reason));
        await host.InAsync(async db => Assert.False(await db.Records.AnyAsync(r => r.DecidedById == Guid.Parse(shared.Id()))));
    }

    [Fact]
    public async Task What_would_run_in_a_spreadsheet_is_text_there_and_itself_again_when_it_comes_back()
    {
        using var file = new MemoryStream();
        await using (var csv = new CsvOut(file))
            await csv.WriteAsync(["Name", "=1+1", "@SUM(A1)", "+371 20000001", "-cmd|'/c calc'"], default);
        Assert.Equal("Name,'=1+1,'@SUM(A1),+371 20000001,'-cmd|'/c calc'\r\n", Encoding.UTF8.GetString(file.ToArray()).TrimStart('\uFEFF'));

        var key = Guid.CreateVersion7().ToString("N");
        await using var scope = host.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Actor>().IsSystem = true;
        Assert.Empty(await ImportWords.RunAsync(scope.ServiceProvider, "organization", $"External ID,Name,Industry\n{key},'=1+1,'tis trade\n"));
        using var api = await host.ApiAsync(await _people.AdministratorAsync());
        var made = (await api.GotAsync($"/api/v1/organizations?filter=externalId eq \"{key}\""))["items"]![0]!;
        Assert.Equal(("=1+1", "'tis trade"), (made["name"]!.GetValue<string>(), made["industry"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Of_two_who_undo_an_import_at_once_one_begins()
    {
        var key = Guid.CreateVersion7().ToString("N");
        Guid import = default;
        await using (var scope = host.Services.CreateAsyncScope())
        {
            scope.ServiceProvider.GetRequiredService<Actor>().IsSystem = true;
            Assert.Empty(await ImportWords.RunAsync(scope.ServiceProvider, "organization", $"External ID,Name\n{key},Undone twice\n"));
        }

        await host.InAsync(async db => import = await db.Set<ImportedRow>().OrderByDescending(r => r.Id).Select(r => r.ImportId).FirstAsync());
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => UndoAsync(import)));
        Assert.Equal(1, outcomes.Count(o => o));
        var told = import.ToString();
        await host.InAsync(async db => Assert.Equal(1, await db.Set<BulkAct>().CountAsync(a => a.Kind == UndoImportWork.Name && a.Parameters.Contains(told))));
    }

    private async Task<bool> UndoAsync(Guid import)
    {
        await using var scope = host.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Actor>().IsSystem = true;
        try
        {
            await scope.ServiceProvider.GetRequiredService<UndoImport>().RunAsync(import, default);
            return true;
        }
        catch (Crm.Abstractions.Records.RuleViolation)
        {
            return false;
        }
    }
}

public sealed class ImportRightsOnSqlite(SqliteHost host) : ImportRightsTests(host), IClassFixture<SqliteHost>;

public sealed class ImportRightsOnPostgres(PostgresHost host) : ImportRightsTests(host), IClassFixture<PostgresHost>;
