using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
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
    /// <summary>The generated user who owns a tenth of everything.</summary>
    public const string Largest = "sales000@generated.example";

    private const int Chunk = 500;
    private const int Shares = 500;
    private const int Looked = 1_000;

    /// <summary>What is still to be generated.</summary>
    public async Task<Amounts> MissingAsync()
    {
        var counts = new Dictionary<string, int>();
        await host.InAsync(async db => counts = await db.Records.GroupBy(r => r.Kind).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count));
        int Open(int wanted, params ReadOnlySpan<string> kinds)
        {
            foreach (var kind in kinds)
                wanted -= counts.GetValueOrDefault(kind);
            return Math.Max(0, wanted);
        }

        return new Amounts(Open(options.Contacts, "person", "organization"), Open(options.Notes, "note"), Open(options.Interactions, "interaction"), Open(options.Tasks, "task"), Open(options.Appointments, "appointment"));
    }

    /// <summary>Says how many rows of the database that made.</summary>
    public async Task<long> GenerateAsync(Amounts amounts, Action<string> tell)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var last = "";
        return await scope.ServiceProvider.GetRequiredService<GenerateCompany>().RunAsync(
            amounts, 1,
            (what, done, all) =>
            {
                var line = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{what} {done * 10 / all * 10} %");
                if (line != last)
                    tell(last = line);
                return Task.CompletedTask;
            },
            CancellationToken.None);
    }

    public async Task<bool> IsHiredAsync()
    {
        var isHired = false;
        await host.InAsync(async db => isHired = await db.Set<User>().AnyAsync(u => u.Email == "seller@example.org"));
        return isHired;
    }

    /// <summary>Makes the salesperson, and gives him what he sees: own, of his department, shared.</summary>
    public async Task HireAsync()
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
        await TasksAsync(ids.Take((all - shares) / 2), me, department);
        await GiveAsync(ids.Skip((all - shares) / 2).Take(all - shares - ((all - shares) / 2)), colleague, department);
        foreach (var chunk in ids.TakeLast(shares).Chunk(Chunk))
        {
            await host.InAsync(async db =>
            {
                db.AddRange(chunk.Select(id => new RecordShare { PrincipalId = me, RecordId = id, At = TimeProvider.System.GetUtcNow() }));
                await db.SaveChangesAsync();
            });
        }
    }

    /// <summary>Those who read, with tokens of their own.</summary>
    public async Task<Readers> ReadersAsync()
    {
        var found = (Count: 0, Administrator: Guid.Empty, Seller: Guid.Empty);
        await host.InAsync(async db =>
        {
            var users = await db.Set<User>().Where(u => u.Email == "admin@example.org" || u.Email == "seller@example.org" || u.Email == Largest).ToDictionaryAsync(u => u.Email, u => u.Id);
            var largest = users[Largest];
            found = (await db.Records.CountAsync(r => r.OwnerId == largest && r.DeletedAt == null), users["admin@example.org"], users["seller@example.org"]);
        });
        return new Readers(
            await ReaderAsync("administrator", "admin", found.Administrator, r => r.Kind == "person"),
            await ReaderAsync("salesperson", "seller", found.Seller, r => r.Kind == "person" && r.OwnerId == found.Seller),
            found.Count);
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

    // The tasks about his customers are his.
    private async Task TasksAsync(IEnumerable<Guid> ids, Guid owner, Guid department)
    {
        foreach (var chunk in ids.Chunk(Chunk))
        {
            await host.InAsync(async db =>
            {
                foreach (var spine in await db.Records.Where(r => r.Kind == "task" && r.Abouts.Any(a => chunk.Contains(a.AboutId))).ToListAsync())
                    (spine.OwnerId, spine.DepartmentId) = (owner, department);
                await db.SaveChangesAsync();
            });
        }
    }

    private async Task<ReaderCard> ReaderAsync(string name, string user, Guid id, System.Linq.Expressions.Expression<Func<Spine, bool>> isSeen)
    {
        var seen = new List<Guid>();
        await host.InAsync(async db => seen = await db.Records.AsNoTracking().Where(r => r.DeletedAt == null).Where(isSeen).OrderBy(r => r.SortKey).Take(Looked).Select(r => r.Id).ToListAsync());
        return new ReaderCard(name, user, await host.TokenAsync(id), seen);
    }
}
