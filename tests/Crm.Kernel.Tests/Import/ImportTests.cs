using System.Text;
using Crm.Abstractions.Records;
using Crm.Kernel.Audit;
using Crm.Kernel.Export;
using Crm.Kernel.Import;
using Crm.Kernel.Records;
using Crm.Kernel.Security;
using Crm.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Tests.Import;

public sealed class SqliteImportTests(SqliteHost host) : ImportTests(host), IClassFixture<SqliteHost>;

public sealed class PostgresImportTests(PostgresHost host) : ImportTests(host), IClassFixture<PostgresHost>;

public abstract class ImportTests(CrmHost host)
{
    [Fact]
    public async Task The_same_file_twice_changes_nothing()
    {
        const string File = "External ID,Name,Parent External ID,Phone\nt1,Twice One,,+37120000001\nt2,Twice Two,t1,\n";
        Assert.Equal("imported 2: 2 created, 0 updated, 0 unchanged, 0 failed", (await RunAsync("organization", File)).Result.ToString());
        Assert.Equal("imported 2: 0 created, 0 updated, 2 unchanged, 0 failed", (await RunAsync("organization", File)).Result.ToString());
    }

    [Theory]
    [InlineData("organization", "External ID,Name,Description\nx1,Exported One,\"Kept, as it is\"\n")]
    [InlineData("person", "External ID,First Name,Last Name,Birthday,Business Phone,Description\nx2,Exported,Person,1980-02-29,+37120000009,Kept\n")]
    public async Task What_was_exported_comes_back_and_changes_nothing(string kind, string file)
    {
        await RunAsync(kind, file);
        var (result, bad) = await RunAsync(kind, await ExportedAsync(kind));
        Assert.Empty(bad);
        Assert.Equal((0, 0), (result.Updated, result.Created));
        Assert.True(result.Unchanged > 0);
    }

    [Fact]
    public async Task Several_links_stand_in_one_cell_and_come_back_as_they_were()
    {
        await RunAsync("person", "External ID,First Name,Last Name\ns1,Round,Trip\ns2,Semi,\"Colon; Jr\"\ns3,Third,One\n");
        var (made, bad) = await RunAsync("appointment", """"
            External ID,What,Begins on,Time zone,Present on their side,With External ID,Present on our side
            v1,By name,2026-03-03,Europe/Riga,"Round Trip; ""Semi Colon; Jr""",,admin@example.org
            v2,By both,2026-03-03,Europe/Riga,Third One,s1; s2,
            v3,By nobody,2026-03-03,Europe/Riga,Round Trip; No Such,,
            v4,By no user,2026-03-03,Europe/Riga,,,admin@example.org; nobody@example.org
            """");
        Assert.Equal((2, 2), (made.Created, made.Failed));
        Assert.Equal(["No Such", "nobody@example.org"], bad.OrderBy(b => b.Row.Line).Select(b => b.Reason.Split('\'')[1]));
        Assert.Equal(["s1", "s2"], await WithAsync("v1"));
        Assert.Equal(["s1", "s2", "s3"], await WithAsync("v2"));

        var (back, wrong) = await RunAsync("appointment", await ExportedAsync("appointment"));
        Assert.Empty(wrong);
        Assert.Equal((0, 0, 2), (back.Created, back.Updated, back.Unchanged));
        Assert.Equal(["s1", "s2"], await WithAsync("v1"));
        Assert.Equal(1, (await RunAsync("appointment", "External ID,With External ID\nv1,s3;s1\nv2,\n")).Result.Updated);
        Assert.Equal(["s1", "s3"], await WithAsync("v1"));
        Assert.Equal(["s1", "s2", "s3"], await WithAsync("v2"));
    }

    [Fact]
    public async Task A_row_may_point_to_one_that_comes_later()
    {
        var (result, bad) = await RunAsync("organization", "External ID,Name,Parent External ID\nl1,Later child,l2\nl2,Later parent,\nl3,Orphan,nowhere\n");
        Assert.Equal((2, 1), (result.Created, result.Failed));
        Assert.Contains("nowhere", Assert.Single(bad).Reason, StringComparison.Ordinal);
        Assert.Equal(4, bad[0].Row.Line);
    }

    [Fact]
    public async Task Bad_rows_are_named_by_line_and_the_good_ones_are_in()
    {
        var (result, bad) = await RunAsync("person", "External ID,First Name,Last Name,Birthday,Description\nb1,Bad,Day,32.13.2026,\nb2,Good,One,1980-01-02,\nb3,Nul,Sign\0,,\n,,,,\nb5,\"Open,Quote,,\nb6,Good,Two,,\n"
            + $"b7,Long,Text,,{new string('x', 100_000)}\n");
        Assert.Equal((2, 5), (result.Created, result.Failed));
        Assert.Equal([2, 4, 5, 6, 8], bad.Select(b => b.Row.Line).Order());
        Assert.Contains(bad, b => b.Column == "Birthday" && b.Reason.Contains("32.13.2026", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Bytes_that_mean_nothing_are_reported_and_not_kept()
    {
        var bytes = Encoding.UTF8.GetBytes("External ID,Last Name\ne1,Žemaitis\ne2,Bērziņa\ne3,Ozoliņš\ne4,X").Concat([(byte)0xE9, (byte)'\n']).ToArray();
        var (result, bad) = await RunAsync("person", bytes);
        Assert.Equal((3, 1), (result.Created, result.Failed));
        Assert.Equal("Last Name", Assert.Single(bad).Column);
    }

    [Fact]
    public async Task A_changed_cell_is_an_update_and_all_changes_stand_under_one_act()
    {
        await RunAsync("organization", "External ID,Name,Industry\nu1,Update One,Timber\nu2,Update Two,Food\n");
        var (result, _) = await RunAsync("organization", "External ID,Name,Industry\nu1,Update One,Paper\nu2,Update Two,Food\n");
        Assert.Equal((1, 1), (result.Updated, result.Unchanged));
        await host.InAsync(async db =>
        {
            var import = await db.Set<Crm.Kernel.Import.Import>().AsNoTracking().SingleAsync(i => i.Id == result.Id);
            Assert.Equal(ImportProgress.Done, import.Progress);
            Assert.Equal(1, await db.Set<AuditAct>().CountAsync(a => a.Id == import.ActId));
            Assert.Contains("Paper", (await db.Set<AuditChange>().SingleAsync(c => c.ActId == import.ActId)).Changes, StringComparison.Ordinal);
            Assert.Contains("Timber", (await db.Set<ImportedRow>().SingleAsync(r => r.ImportId == import.Id)).Changes, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task A_dry_run_keeps_nothing()
    {
        var (result, _) = await RunAsync("organization", "External ID,Name\ndry1,Dry\n", isDry: true);
        Assert.Equal(1, result.Created);
        await host.InAsync(async db => Assert.False(await db.Records.AnyAsync(r => r.ExternalId == "dry1")));
    }

    private async Task<byte[]> ExportedAsync(string kind)
    {
        using var bytes = new MemoryStream();
        await using var scope = host.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Actor>().IsSystem = true;
        await scope.ServiceProvider.GetRequiredService<ExportRecords>().RunAsync(
            host.Services.GetRequiredService<RecordTypes>().Find(kind)!, null, bytes, _ => Task.CompletedTask, default);
        return bytes.ToArray();
    }

    private async Task<List<string>> WithAsync(string externalId)
    {
        List<string> with = [];
        await host.InAsync(async db => with = await db.Set<RecordAbout>()
            .Where(a => a.Role == "with" && db.Records.Any(r => r.Id == a.RecordId && r.ExternalId == externalId))
            .Join(db.Records, a => a.AboutId, r => r.Id, (a, r) => r.ExternalId!).Order().ToListAsync());
        return with;
    }

    private Task<(ImportResult Result, List<BadRow> Bad)> RunAsync(string kind, string file, bool isDry = false) =>
        RunAsync(kind, Encoding.UTF8.GetBytes(file), isDry);

    private async Task<(ImportResult Result, List<BadRow> Bad)> RunAsync(string kind, byte[] file, bool isDry = false)
    {
        await using var scope = host.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Actor>().IsSystem = true;
        var type = scope.ServiceProvider.GetRequiredService<RecordTypes>().Find(kind) ?? throw new InvalidOperationException(kind);
        var (plan, stream) = await scope.ServiceProvider.GetRequiredService<PlanImport>().RunAsync(type, new MemoryStream(file), new ImportMap(), null, default);
        var bad = new List<BadRow>();
        var result = await scope.ServiceProvider.GetRequiredService<ImportRun>().RunAsync(
            plan, stream, new ImportOptions("test.csv", IsDry: isDry),
            row =>
            {
                bad.Add(row);
                return Task.CompletedTask;
            },
            _ => Task.CompletedTask,
            default);
        return (result, bad);
    }
}
