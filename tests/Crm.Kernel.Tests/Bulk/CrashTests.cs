using System.Globalization;
using System.Net;
using System.Text;
using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Kernel.Audit;
using Crm.Kernel.Bulk;
using Crm.Kernel.Import;
using Crm.Kernel.Records;
using Crm.Kernel.Security;
using Crm.Kernel.Users;
using Crm.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Tests.Bulk;

/// <summary>A server that is killed amid an act and started again ends it: no row twice, none left out.</summary>
public abstract class CrashTests(CrmHost host)
{
    private const int Count = 40;
    private static readonly Dictionary<string, string?> _working = new() { ["Bulk:Work"] = "true", ["Bulk:MostRows"] = "7" };
    private readonly People _people = new(host);

    [Theory]
    [InlineData("bulk.mid-chunk#3")]
    [InlineData("bulk.between-chunks#9")]
    public Task A_hand_over_ends_exactly_once(string point) => HandOverAsync(point, null);

    [Theory]
    [Trait("Category", "Long")]
    [InlineData("bulk.mid-chunk#1")]
    [InlineData("bulk.between-chunks#1")]
    [InlineData("bulk.mid-chunk#6")]
    [InlineData("bulk.between-chunks#6")]
    [InlineData("bulk.mid-chunk#8")]
    [InlineData("bulk.mid-chunk#12")]
    [InlineData("bulk.mid-chunk#16")]
    public Task A_hand_over_ends_exactly_once_wherever_it_dies(string point) => HandOverAsync(point, null);

    [Theory]
    [Trait("Category", "Long")]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public Task A_hand_over_ends_exactly_once_whenever_it_is_killed(int seed) => HandOverAsync(null, new Random(seed));

    [Fact]
    public Task An_import_goes_on_by_itself_exactly_once() => ImportAsync("import.between-chunks#2", null);

    [Theory]
    [Trait("Category", "Long")]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public Task An_import_ends_exactly_once_whenever_it_is_killed(int seed) => ImportAsync(null, new Random(seed));

    private async Task HandOverAsync(string? point, Random? random)
    {
        var tag = Guid.CreateVersion7().ToString("N")[20..];
        var (from, to) = (await _people.UserAsync("from" + tag, ReadyRoles.Sales, await _people.DepartmentAsync("Old " + tag)), await _people.UserAsync("to" + tag, ReadyRoles.Sales, await _people.DepartmentAsync("New " + tag)));
        var ids = await CustomersAsync(tag, from);
        var act = Guid.Empty;
        await ScopeAsync(async s => act = await s.GetRequiredService<HandOver>().RunAsync(from, to, default));

        await KillAsync(point, random, () => StateAsync(act));
        await using (var server = ServerProcess.Start(host.Said, _working))
        {
            Assert.True(await server.AnswersAsync(), server.ToString());
            await UntilAsync(async () => await StateAsync(act) == BulkState.Done, server);
            var (code, said) = await ServerProcess.RunAsync(host.Said, "verify");
            Assert.True(code == 0, said);
        }

        await host.InAsync(async db =>
        {
            var done = await db.Set<BulkAct>().AsNoTracking().SingleAsync(a => a.Id == act);
            Assert.Equal((Count, 0L), (done.Done, done.Failed));
            Assert.All(await db.Records.AsNoTracking().Where(r => ids.Contains(r.Id)).ToListAsync(), r => Assert.Equal((to, 2L), (r.OwnerId!.Value, r.Version)));
            Assert.Equal(Count, await db.Set<AuditChange>().CountAsync(c => c.ActId == done.ActId));
            Assert.Equal(Count, await db.Set<AuditChange>().Where(c => c.ActId == done.ActId).Select(c => c.RecordId).Distinct().CountAsync());
            Assert.False(await db.Set<Heir>().AnyAsync());
        });
    }

    private async Task ImportAsync(string? point, Random? random)
    {
        const int Rows = 400;
        var tag = "C" + Guid.CreateVersion7().ToString("N")[20..];
        // No key at all: a row that came in twice would be two people.
        var file = new StringBuilder("First Name,Last Name\n");
        for (var i = 0; i < Rows; i++)
            file.Append(CultureInfo.InvariantCulture, $"Row {i},{tag}\n");
        string plan;
        await using (var server = ServerProcess.Start(host.Said, _working, Faults(point)))
        {
            Assert.True(await server.AnswersAsync(), server.ToString());
            plan = await BeginImportAsync(server, file.ToString());
            await EndAsync(server, random, async () => await CountAsync(tag) > 0);
        }

        await using (var server = ServerProcess.Start(host.Said, _working))
        {
            Assert.True(await server.AnswersAsync(), server.ToString());
            await UntilAsync(async () => await ProgressAsync(plan) == ImportProgress.Done, server);
            var (code, said) = await ServerProcess.RunAsync(host.Said, "verify");
            Assert.True(code == 0, said);
        }

        await host.InAsync(async db =>
        {
            var import = await db.Set<Crm.Kernel.Import.Import>().AsNoTracking().SingleAsync(i => i.FileName == plan);
            Assert.Equal((Rows, 0, 0, 0), (import.Created, import.Updated, import.Unchanged, import.Failed));
        });
        Assert.Equal(Rows, await CountAsync(tag));
    }

    private async Task<string> BeginImportAsync(ServerProcess server, string file)
    {
        var name = $"{Guid.CreateVersion7():N}.csv";
        await _people.AdministratorAsync();
        using var admin = new Browser(server.Address);
        using var signedIn = await admin.SignInAsync("admin@example.org", People.Password);
        using var sent = await admin.UploadAsync("/admin/import", new() { ["Type"] = "person" }, name, Encoding.UTF8.GetBytes(file));
        var plan = sent.Headers.Location!.ToString();
        using var tried = await admin.PostAsync($"{plan}?handler=Check", new() { ["Input.Columns[0]"] = "firstName", ["Input.Columns[1]"] = "lastName" }, plan);
        Assert.Equal(HttpStatusCode.Redirect, tried.StatusCode);
        await UntilAsync(async () => !(await admin.ReadAsync($"{plan}/run")).Contains("every 1s", StringComparison.Ordinal), server);
        using var begun = await admin.PostAsync($"{plan}/run", []);
        return name;
    }

    private async Task KillAsync(string? point, Random? random, Func<Task<BulkState>> state)
    {
        await using var server = ServerProcess.Start(host.Said, _working, Faults(point));
        await EndAsync(server, random, async () => await state() == BulkState.Running);
    }

    // At its point it dies by itself; else it is killed some time after it began.
    private static async Task EndAsync(ServerProcess server, Random? random, Func<Task<bool>> begun)
    {
        if (random is not null)
        {
            await UntilAsync(begun, server);
            await Task.Delay(random.Next(300));
            await server.KillAsync();
        }

        await server.EndAsync();
    }

    private static Dictionary<string, string?> Faults(string? point) => point is null ? [] : new() { ["Faults:DieAt"] = point };

    private static async Task UntilAsync(Func<Task<bool>> isSo, ServerProcess server)
    {
        for (var attempt = 0; attempt < 2_400; attempt++)
        {
            if (await isSo())
                return;
            Assert.False(server.HasExited, server.ToString());
            await Task.Delay(25);
        }

        Assert.Fail($"It does not come: {server}");
    }

    private async Task<List<Guid>> CustomersAsync(string tag, Guid owner)
    {
        var ids = new List<Guid>();
        await ScopeAsync(async s =>
        {
            var (doors, types) = (s.GetRequiredService<RecordDoors>(), s.GetRequiredService<RecordTypes>());
            for (var i = 0; i < Count; i++)
            {
                var person = await doors.Of(types.Find("person")!).CreateAsync(new Dictionary<string, object?> { ["firstName"] = $"Number{i}", ["lastName"] = tag, ["owner"] = owner }, null, default);
                // One has far more hanging on it than a chunk takes.
                for (var n = 0; n < (i == 5 ? 20 : 1); n++)
                    await doors.Of(types.Find("note")!).CreateAsync(new Dictionary<string, object?> { ["about"] = person.Id, ["text"] = $"Note {n}" }, null, default);
                ids.Add(person.Id);
            }
        });
        return ids;
    }

    private async Task<BulkState> StateAsync(Guid act)
    {
        var state = BulkState.Waiting;
        await host.InAsync(async db => state = await db.Set<BulkAct>().Where(a => a.Id == act).Select(a => a.State).SingleAsync());
        return state;
    }

    private async Task<int> CountAsync(string name)
    {
        var count = 0;
        await ScopeAsync(async s => count = await s.GetRequiredService<RecordDoors>().Of(s.GetRequiredService<RecordTypes>().Find("person")!).CountAsync($"lastName eq \"{name}\"", 10_000, default));
        return count;
    }

    private async Task<ImportProgress> ProgressAsync(string name)
    {
        var progress = ImportProgress.Running;
        await host.InAsync(async db => progress = await db.Set<Crm.Kernel.Import.Import>().Where(i => i.FileName == name).Select(i => i.Progress).SingleAsync());
        return progress;
    }

    private async Task ScopeAsync(Func<IServiceProvider, Task> work)
    {
        await using var scope = host.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Actor>().IsSystem = true;
        await work(scope.ServiceProvider);
    }
}

/// <summary>On SQLite.</summary>
public sealed class CrashesOnSqlite(SteppedSqliteHost host) : CrashTests(host), IClassFixture<SteppedSqliteHost>;

/// <summary>On PostgreSQL.</summary>
public sealed class CrashesOnPostgres(SteppedPostgresHost host) : CrashTests(host), IClassFixture<SteppedPostgresHost>;
