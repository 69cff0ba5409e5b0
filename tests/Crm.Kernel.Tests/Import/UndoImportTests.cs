using System.Text;
using System.Text.Json.Nodes;
using Crm.Abstractions.Records;
using Crm.Kernel.Audit;
using Crm.Kernel.Bulk;
using Crm.Kernel.Import;
using Crm.Kernel.Records;
using Crm.Kernel.Security;
using Crm.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Tests.Import;

public sealed class SqliteUndoImportTests(SqliteHost host) : UndoImportTests(host), IClassFixture<SqliteHost>;

public sealed class PostgresUndoImportTests(PostgresHost host) : UndoImportTests(host), IClassFixture<PostgresHost>;

public abstract class UndoImportTests(CrmHost host)
{
    private const string Heading = "External ID,First Name,Last Name,Company,Job Title,Birthday,Mobile Phone,Email,Tags,Status\n";

    private const string Before = Heading
        + "u1,Anna,Undo,Old Works,Buyer,,+371 20000301,anna@undo.example,one;two,prospect\n"
        + "u2,Bert,Undo,,,1980-05-06,+371 20000302,,,customer\n";

    private const string After = Heading
        + "u1,Anna,Undone,New Works,Seller,1990-01-02,+371 20000399,other@undo.example,three,customer\n"
        + "u2,Bert,Undo,New Works,Cook,1981-05-06,,bert@undo.example,four,former\n"
        + "u2,Bert,Twice,,,,,,,\n"
        + "u3,Carl,Created,Newest Works,Driver,1970-02-03,+371 20000303,carl@undo.example,five,prospect\n";

    [Fact]
    public async Task An_undone_import_leaves_everything_as_it_was()
    {
        await ImportAsync(Before);
        var before = await ContentAsync();
        var import = await ImportAsync(After);
        Assert.NotEqual(before, await ContentAsync());
        var undone = await UndoAsync(import);
        Assert.Equal((BulkState.Done, 0), (undone.State, undone.Failed));
        Assert.Equal(before, await ContentAsync());
        await host.InAsync(async db =>
        {
            Assert.False(await db.Records.AnyAsync(r => r.ExternalId == "u3"));
            Assert.Equal(1, await db.Set<AuditAct>().CountAsync(a => a.What == "Undid the import of undo.csv"));
        });
        await Assert.ThrowsAsync<RuleViolation>(() => UndoAsync(import));
    }

    [Fact]
    public async Task Nothing_that_an_undone_import_brought_stays_in_the_audit()
    {
        var word = "w" + Guid.CreateVersion7().ToString("N");
        var import = await ImportAsync(Heading + $"{word}x,{word}first,{word}last,,{word}job,1990-01-02,+371 20000777,{word}@undo.example,{word}tag,prospect\n", "gone.csv");
        await UndoAsync(import);
        await host.InAsync(async db => Assert.Empty(await db.Set<AuditChange>().Where(c => c.Changes.Contains(word) || c.Entity.Contains(word)).ToListAsync()));
    }

    [Fact]
    public async Task What_somebody_changed_since_stays_and_is_named()
    {
        await ImportAsync("External ID,Last Name,Job Title,Nickname\nk1,Kept,Clerk,Kay\n");
        var import = await ImportAsync("External ID,Last Name,Job Title,Nickname\nk1,Kept,Chief,Kim\nk2,Keen,Nobody,\n");
        await host.InAsync(async db =>
        {
            foreach (var person in await db.Records.Where(r => r.ExternalId == "k1" || r.ExternalId == "k2").ToListAsync())
                await ChangeAsync(person.Id, "jobTitle", "Queen");
        });
        var undone = await UndoAsync(import);
        Assert.Equal((2, 1), (undone.Done, undone.Failed));
        await host.InAsync(async db =>
        {
            var left = await db.Set<BulkRow>().SingleAsync(r => r.BulkId == undone.Id && r.Reason != null);
            Assert.Equal("Job title: Somebody changed it since.", left.Reason);
            Assert.Equal("Kept", (await db.Records.SingleAsync(r => r.Id == left.RecordId)).Title);
            Assert.NotNull((await db.Records.SingleAsync(r => r.ExternalId == "k2")).DeletedAt);
        });
        var kept = (await ContentAsync()).Split('\n').Single(line => line.Contains("\"k1\"", StringComparison.Ordinal));
        Assert.Contains("\"Queen\"", kept, StringComparison.Ordinal);
        Assert.Contains("\"Kay\"", kept, StringComparison.Ordinal);
    }

    private async Task ChangeAsync(Guid id, string field, string value)
    {
        await using var scope = host.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Actor>().IsSystem = true;
        var type = scope.ServiceProvider.GetRequiredService<RecordTypes>().Find("person")!;
        await scope.ServiceProvider.GetRequiredService<RecordDoors>().Of(type).UpdateAsync(id, new Dictionary<string, object?> { [field] = value }, null, default);
    }

    // What the API says of people, organisations and relationships, but for who changed them last and when.
    private async Task<string> ContentAsync()
    {
        using var api = await host.ApiAsync(await new People(host).AdministratorAsync());
        var lines = new List<string>();
        foreach (var list in new[] { "people", "organizations", "relationships" })
        {
            var page = JsonNode.Parse(await api.GetStringAsync(new Uri($"/api/v1/{list}?limit=200", UriKind.Relative)))!;
            foreach (var record in page["items"]!.AsArray().Select(r => r!.AsObject()))
            {
                foreach (var stamp in new[] { "version", "updatedAt", "updatedBy" })
                    record.Remove(stamp);
                lines.Add(record.ToJsonString());
            }
        }

        return string.Join('\n', lines.Order(StringComparer.Ordinal));
    }

    private async Task<BulkAct> UndoAsync(Guid import)
    {
        await using var scope = host.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Actor>().IsSystem = true;
        var act = await scope.ServiceProvider.GetRequiredService<UndoImport>().RunAsync(import, default);
        return await host.Services.GetRequiredService<BulkRun>().FinishAsync(act.Id, default);
    }

    private async Task<Guid> ImportAsync(string file, string name = "undo.csv")
    {
        await using var scope = host.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Actor>().IsSystem = true;
        var type = scope.ServiceProvider.GetRequiredService<RecordTypes>().Find("person")!;
        using var bytes = new MemoryStream(Encoding.UTF8.GetBytes(file));
        var (plan, stream) = await scope.ServiceProvider.GetRequiredService<PlanImport>().RunAsync(type, bytes, new ImportMap(), null, default);
        var result = await scope.ServiceProvider.GetRequiredService<ImportRun>()
            .RunAsync(plan, stream, new ImportOptions(name), bad => throw new InvalidOperationException(bad.Reason), _ => Task.CompletedTask, default);
        return result.Id!.Value;
    }
}
