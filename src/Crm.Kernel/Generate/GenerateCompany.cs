using Crm.Abstractions.Records;
using Crm.Abstractions.Search;
using Crm.Abstractions.Security;
using Crm.Kernel.Audit;
using Crm.Kernel.Data;
using Crm.Kernel.Data.Sqlite;
using Crm.Kernel.Records;
using Crm.Kernel.Search;
using Crm.Kernel.Security;
using Crm.Kernel.Timeline;
using Crm.Kernel.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Generate;

/// <summary>How much is generated.</summary>
internal sealed record Amounts(long Contacts, long Notes, long Interactions, long Tasks, long Appointments)
{
    public long All => Contacts + Notes + Interactions + Tasks + Appointments;
}

/// <summary>Fills the database with data for load tests, skewed as real data is: one owner has a tenth of the contacts, one company a twentieth of the notes.</summary>
internal sealed class GenerateCompany(
    IServiceScopeFactory scopes, RecordTypes types, TitleKeys keys, ISearchIndex index, IEnumerable<IDerivedRows> derived, TimeProvider clock)
{
    // Rows come in no order of any index: the more go in together, the more of them share the pages that they change.
    private const int Chunk = 20_000;
    private const int Documents = 1_000;
    private const int LargeCache = 1_500_000;
    private const int Staff = 100;
    private long _rows;

    /// <summary>Says how many rows of the database that made.</summary>
    public async Task<long> RunAsync(Amounts wanted, int seed, Func<string, long, long, Task> progress, CancellationToken ct)
    {
        var random = new Random(seed);
        var owners = await StaffAsync(ct);
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<KernelDb>();
        var search = scope.ServiceProvider.GetRequiredService<SearchWriter>();
        await db.Database.OpenConnectionAsync(ct);
        await CacheAsync(db, LargeCache, ct);
        try
        {
            await FillAsync(db, search, wanted, random, owners, progress, ct);
            return _rows;
        }
        finally
        {
            await CacheAsync(db, SqlitePragmas.CacheKilobytes, CancellationToken.None);
        }
    }

    private async Task FillAsync(
        KernelDb db, SearchWriter search, Amounts wanted, Random random, List<(Guid User, Guid Department)> owners,
        Func<string, long, long, Task> progress, CancellationToken ct)
    {
        await db.WriteAsync(
            inner => index.OutlineAsync(db.Database.GetDbConnection(), db.Database.CurrentTransaction?.GetDbTransaction(), Places(wanted.All), inner), ct);
        var made = new List<Customer>();
        var now = clock.GetUtcNow();
        var contactMaker = new ContactMaker(types, keys, random, owners, now);
        while (made.Count < wanted.Contacts)
        {
            var chunk = contactMaker.Next((int)Math.Min(Chunk, wanted.Contacts - made.Count));
            await InsertAsync(db, search, chunk.All, ct);
            made.AddRange(chunk.Contacts);
            await progress("contacts:", made.Count, wanted.Contacts);
        }

        if (made.Count == 0)
            made = await ThereAsync(ct);
        var customers = new Customers(random, made);
        foreach (var (what, count, maker) in new (string, long, Func<IRecordMaker>)[]
        {
            ("notes:", wanted.Notes, () => new NoteMaker(types, keys, random, customers, now)),
            ("interactions:", wanted.Interactions, () => new InteractionMaker(types, keys, random, customers, now)),
            ("tasks:", wanted.Tasks, () => new TaskMaker(types, keys, random, customers, now)),
            ("appointments:", wanted.Appointments, () => new AppointmentMaker(types, keys, random, customers, now)),
        })
        {
            for (var (written, next) = (0L, count > 0 ? maker() : null); written < count;)
            {
                var chunk = Enumerable.Range(0, (int)Math.Min(Chunk, count - written)).Select(_ => next!.Next()).ToList();
                await InsertAsync(db, search, chunk, ct);
                written += chunk.Count;
                await progress(what, written, count);
            }
        }
    }

    // The times are drawn at random, all of them alike.
    private IAsyncEnumerable<(DateTimeOffset At, Guid Id)> Places(long count)
    {
        var start = clock.GetUtcNow().AddMinutes(-ContactMaker.Minutes);
        return AsyncEnumerable.Range(0, (int)count).Select(i => (start.AddMinutes((double)ContactMaker.Minutes * i / count), Guid.Empty));
    }

    // Where the pages don't stay in memory, reading and writing them again is all that it does.
    private static Task CacheAsync(KernelDb db, int kilobytes, CancellationToken ct) =>
        db.IsSqlite ? SqlitePragmas.CacheAsync(db.Database.GetDbConnection(), kilobytes, ct) : Task.CompletedTask;

    private async Task InsertAsync(KernelDb db, SearchWriter search, IReadOnlyList<IRecord> records, CancellationToken ct)
    {
        var timeline = records.SelectMany(r => types.Of(r.GetType()).TimelineOf(r).Select(object (e) => new TimelineRow
        {
            RecordId = e.About,
            SourceId = r.Id,
            Kind = r.Spine.Kind,
            At = e.At,
            Text = e.Text,
            Icon = e.Icon,
            UserId = r.Spine.OwnerId,
        })).ToList();
        var found = records.Where(r => !types.Of(r.GetType()).IsPartOfRecord).Select(r => r.Id).ToList();
        await db.WriteAsync(
            async inner =>
            {
                _rows += await new BulkInsert(db).RunAsync([.. records, .. timeline, .. records.SelectMany(r => derived.SelectMany(d => d.Of(r)))], inner);
                foreach (var documents in found.Chunk(Documents))
                    await search.PutAsync(db, documents, inner);
                _rows += found.Count;
            },
            ct);
    }

    private async Task<List<Customer>> ThereAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var there = await scope.ServiceProvider.GetRequiredService<KernelDb>().Records.AsNoTracking()
            .Where(r => r.DeletedAt == null && (r.Kind == "person" || r.Kind == "organization")).OrderBy(r => r.Id).Take(1_000_000).Select(r => new Customer(r.Id, r.OwnerId)).ToListAsync(ct);
        return there.Count > 0 ? there : throw new RuleViolation("", "There are no contacts that the others could be about: give --contacts.");
    }

    // They own the records; nobody knows their passwords.
    private async Task<List<(Guid User, Guid Department)>> StaffAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var actor = scope.ServiceProvider.GetRequiredService<Actor>();
        (actor.IsSystem, actor.Door, actor.What) = (true, "command", "Generated users for load tests");
        var db = scope.ServiceProvider.GetRequiredService<KernelDb>();
        var there = await db.Set<User>().AsNoTracking().Where(u => u.Email.EndsWith("@generated.example") && u.DepartmentId != null).OrderBy(u => u.Email)
            .Select(u => new { u.Id, u.DepartmentId }).ToListAsync(ct);
        if (there.Count >= Staff)
            return there.ConvertAll(u => (u.Id, u.DepartmentId!.Value));
        var sales = await db.Set<Role>().Where(r => r.Name == ReadyRoles.Sales).Select(r => r.Id).FirstAsync(ct);
        var departments = Enumerable.Range(1, 10).Select(i => new Department { Name = $"Generated region {i}" }).ToList();
        db.AddRange(departments);
        var staff = new List<(Guid, Guid)>();
        for (var i = 0; i < Staff; i++)
        {
            var email = $"sales{i:000}@generated.example";
            var user = new User
            {
                Email = email,
                NormalizedEmail = email.ToUpperInvariant(),
                Name = $"Salesperson {i:000}",
                DepartmentId = departments[i % departments.Count].Id,
                SecurityStamp = Stamps.New(),
                CreatedAt = clock.GetUtcNow(),
            };
            user.Roles.Add(new UserRole { UserId = user.Id, RoleId = sales });
            db.Add(user);
            staff.Add((user.Id, user.DepartmentId.Value));
        }

        await db.SaveChangesAsync(ct);
        return staff;
    }
}
