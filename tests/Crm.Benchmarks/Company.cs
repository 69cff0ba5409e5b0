using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Kernel.Data;
using Crm.Kernel.Generate;
using Crm.Kernel.Security;
using Crm.Kernel.Users;
using Crm.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Benchmarks;

/// <summary>The generated company, and the two who read it: an administrator, and a salesperson who sees a hundredth of the people and organisations.</summary>
internal sealed class Company(CrmHost host, BenchOptions options)
{
    private const int Chunk = 500;
    private const int Shares = 500;

    public Task<Generated> GenerateAsync() => host.Services.GetRequiredService<GenerateCompany>()
        .RunAsync(options.Contacts, options.Notes, 1, (_, _, _) => Task.CompletedTask, CancellationToken.None);

    public async Task<Reader> AdministratorAsync()
    {
        var id = await new People(host).AdministratorAsync();
        return await ReaderAsync("administrator", "admin", id, r => r.Kind == "person");
    }

    public async Task<Reader> SalespersonAsync()
    {
        var people = new People(host);
        var department = await people.DepartmentAsync("Benchmark sales");
        // The one ready role whose holders see their department.
        var me = await people.UserAsync("seller", ReadyRoles.PeopleManager, department);
        var colleague = await people.UserAsync("colleague", ReadyRoles.Sales, department);
        await host.InAsync(async db =>
        {
            var sales = await db.Set<Role>().Where(r => r.Name == ReadyRoles.Sales).Select(r => r.Id).FirstAsync();
            db.Add(new UserRole { UserId = me, RoleId = sales });
            await db.SaveChangesAsync();
        });
        var all = options.Contacts / 100;
        var shares = Math.Min(Shares, all / 2);
        var ids = await SomeAsync(all);
        await GiveAsync(ids.Take((all - shares) / 2), me, department);
        await GiveAsync(ids.Skip((all - shares) / 2).Take(all - shares - ((all - shares) / 2)), colleague, department);
        foreach (var chunk in ids.TakeLast(shares).Chunk(Chunk))
        {
            await host.InAsync(async db =>
            {
                db.AddRange(chunk.Select(id => new RecordShare { PrincipalId = me, RecordId = id, At = TimeProvider.System.GetUtcNow() }));
                await db.SaveChangesAsync();
            });
        }

        var mine = ids.ToHashSet();
        return await ReaderAsync("salesperson", "seller", me, r => r.Kind == "person" && mine.Contains(r.Id));
    }

    /// <summary>The generated user who owns a tenth of everything, and how much that is.</summary>
    public async Task<(Guid Owner, int Count)> LargestAsync()
    {
        var found = (Owner: Guid.Empty, Count: 0);
        await host.InAsync(async db =>
        {
            var largest = await db.Records.Where(r => r.OwnerId != null).GroupBy(r => r.OwnerId)
                .Select(g => new { g.Key, Count = g.Count() }).OrderByDescending(g => g.Count).FirstAsync();
            found = (largest.Key!.Value, largest.Count);
        });
        return found;
    }

    private async Task<List<Guid>> SomeAsync(int count)
    {
        var ids = new List<Guid>();
        // The keys of the generated go up in time: every so many of them is spread over all names and owners.
        await host.InAsync(async db =>
        {
            var all = await db.Records.Where(r => r.Kind == "person" || r.Kind == "organization").OrderBy(r => r.Id).Select(r => r.Id).ToListAsync();
            ids = all.Where((_, i) => i % (all.Count / count) == 0).Take(count).ToList();
        });
        return ids;
    }

    private async Task GiveAsync(IEnumerable<Guid> ids, Guid owner, Guid department)
    {
        foreach (var chunk in ids.Chunk(Chunk))
        {
            await host.InAsync(async db =>
            {
                foreach (var spine in await db.Records.Where(r => chunk.Contains(r.Id)).ToListAsync())
                    (spine.OwnerId, spine.DepartmentId) = (owner, department);
                await db.SaveChangesAsync();
            });
        }
    }

    private async Task<Reader> ReaderAsync(string name, string user, Guid id, Func<Spine, bool> isSeen)
    {
        var seen = new List<Guid>();
        await host.InAsync(async db =>
        {
            await foreach (var spine in db.Records.AsNoTracking().OrderBy(r => r.Id).AsAsyncEnumerable())
            {
                if (isSeen(spine) && seen.Count < 1_000)
                    seen.Add(spine.Id);
            }
        });
        return new Reader(name, id, await Browser.SignedInAsync(host, user), await host.ApiAsync(id), seen);
    }
}
