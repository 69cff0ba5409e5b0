using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Kernel.Bulk;
using Crm.Kernel.Records;
using Crm.Kernel.Security;
using Crm.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Tests.Security;

/// <summary>Somebody who reads.</summary>
public sealed record Reader(Guid Id, string Name, string Role, Guid? Department, Company Company);

/// <summary>An appointment that was drawn.</summary>
/// <param name="Name">A word that only its own words have.</param>
public sealed record Gathering(string Name, Reader Owner, IReadOnlyList<Reader> Colleagues, IReadOnlyList<Guid> Concerned, IReadOnlyList<Guid> Shares)
{
    public bool Takes(IEnumerable<Reader> readers) => readers.Any(r => r == Owner || Colleagues.Contains(r));
}

/// <summary>A company drawn at random, and who sees what in it, computed the plain way.</summary>
public sealed class Company
{
    private static readonly string[] _roles = [ReadyRoles.Sales, ReadyRoles.Sales, ReadyRoles.Sales, ReadyRoles.PeopleManager, ReadyRoles.PeopleManager, ReadyRoles.Service, ReadyRoles.Administrator];
    private readonly Dictionary<Guid, Guid?> _parents = [];
    private readonly List<Reader> _readers = [];
    private readonly Dictionary<Guid, Row> _rows = [];

    private Company()
    {
    }

    public IReadOnlyList<Reader> Readers => _readers;

    public IReadOnlyCollection<Guid> People => _rows.Keys;

    public static async Task<Company> DrawAsync(CrmHost host, int seed)
    {
        var random = new Random(seed);
        var company = new Company();
        var people = new People(host);
        var tag = Guid.CreateVersion7().ToString("N")[20..];
        for (var i = 0; i < 6; i++)
        {
            Guid? parent = i == 0 || random.Next(4) == 0 ? null : company._parents.Keys.ElementAt(random.Next(company._parents.Count));
            company._parents[await people.DepartmentAsync($"Department {i} {tag}", parent)] = parent;
        }

        foreach (var (role, i) in _roles.Select((r, i) => (r, i)))
        {
            Guid? department = random.Next(5) == 0 ? null : company._parents.Keys.ElementAt(random.Next(6));
            var name = $"reader{i}{tag}";
            company._readers.Add(new Reader(await people.UserAsync(name, role, department), name, role, department, company));
        }

        for (var i = 0; i < 40; i++)
            await company.AddPersonAsync(host, random, i);
        return company;
    }

    /// <summary>Contacts that concern one to four of the people, and tasks of colleagues, most of them about one of the people.</summary>
    public async Task DrawActivitiesAsync(CrmHost host, int seed)
    {
        var random = new Random(seed);
        var people = _rows.Keys.ToList();
        await using var scope = host.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Actor>().IsSystem = true;
        var doors = scope.ServiceProvider.GetRequiredService<RecordDoors>();
        var types = host.Services.GetRequiredService<IRecordTypes>();
        for (var i = 0; i < 30; i++)
        {
            var concerned = Enumerable.Range(0, random.Next(1, 5)).Select(_ => people[random.Next(people.Count)]).Distinct().ToList();
            var made = await doors.Of(types.Find("interaction")!).CreateAsync(
                new Dictionary<string, object?> { ["about"] = concerned[0], ["with"] = concerned.Skip(1).ToList(), ["subject"] = $"Touched {i}" }, null, CancellationToken.None);
            Interactions[made.Id] = concerned;
        }

        for (var i = 0; i < 20; i++)
        {
            var assignee = _readers[random.Next(_readers.Count)];
            Guid? about = random.Next(4) == 0 ? null : people[random.Next(people.Count)];
            var made = await doors.Of(types.Find("task")!).CreateAsync(
                new Dictionary<string, object?> { ["about"] = about, ["assignee"] = assignee.Id, ["subject"] = $"Planned {i}" }, null, CancellationToken.None);
            Tasks[made.Id] = (assignee, about);
        }
    }

    /// <summary>Appointments of colleagues in one week: with customers, with other colleagues, shared by hand; the first repeats.</summary>
    public async Task DrawAppointmentsAsync(CrmHost host, int seed, DateOnly week)
    {
        var random = new Random(seed);
        var people = _rows.Keys.ToList();
        await using var scope = host.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Actor>().IsSystem = true;
        var door = scope.ServiceProvider.GetRequiredService<RecordDoors>().Of(host.Services.GetRequiredService<IRecordTypes>().Find("appointment")!);
        for (var i = 0; i < 24; i++)
        {
            var owner = _readers[random.Next(_readers.Count)];
            Guid? about = random.Next(3) == 0 ? null : people[random.Next(people.Count)];
            var with = Enumerable.Range(0, random.Next(3)).Select(_ => people[random.Next(people.Count)]).Distinct().ToList();
            var colleagues = Enumerable.Range(0, random.Next(3)).Select(_ => _readers[random.Next(_readers.Count)]).Where(r => r != owner).Distinct().ToList();
            var name = $"Gathering{i:00}x";
            var made = await door.CreateAsync(
                new Dictionary<string, object?>
                {
                    ["subject"] = $"Gathered {name}", ["place"] = $"Room {name}", ["text"] = $"Word {name}", ["whose"] = owner.Id, ["about"] = about, ["with"] = with,
                    ["colleagues"] = colleagues.ConvertAll(c => c.Id), ["startOn"] = week.AddDays(1 + (i % 5)), ["startTime"] = new TimeOnly(6 + (3 * (i / 5)), 15), ["zone"] = "Etc/UTC",
                    ["rule"] = i == 0 ? "FREQ=DAILY;COUNT=3" : null,
                },
                null, CancellationToken.None);
            List<Guid> shares = random.Next(4) > 0 ? [] : [random.Next(2) == 0 ? _readers[random.Next(_readers.Count)].Id : _parents.Keys.ElementAt(random.Next(6))];
            // The calendar shares with who takes part; who has that needs no other.
            await host.InAsync(async db =>
            {
                db.AddRange(shares.Where(s => colleagues.TrueForAll(c => c.Id != s)).Select(s => new RecordShare { PrincipalId = s, RecordId = made.Id }));
                await db.SaveChangesAsync();
            });
            Appointments[made.Id] = new Gathering(name, owner, colleagues, about is { } one ? [.. with.Prepend(one).Distinct()] : with, shares);
        }
    }

    public Dictionary<Guid, Gathering> Appointments { get; } = [];

    public HashSet<Guid> AppointmentsOf(Reader reader) => Appointments.Where(a => a.Value.Concerned.Any(p => Sees(reader, _rows[p])) || a.Value.Colleagues.Contains(reader)
        || Sees(reader, new Row(0, a.Value.Owner.Id, a.Value.Owner.Department, [], [.. a.Value.Shares]))).Select(a => a.Key).ToHashSet();

    public Dictionary<Guid, List<Guid>> Interactions { get; } = [];

    public Dictionary<Guid, (Reader Assignee, Guid? About)> Tasks { get; } = [];

    public HashSet<Guid> InteractionsOf(Reader reader) => Interactions.Where(i => i.Value.Exists(p => Sees(reader, _rows[p]))).Select(i => i.Key).ToHashSet();

    public HashSet<Guid> TasksOf(Reader reader) => Tasks.Where(t => (t.Value.About is { } about && Sees(reader, _rows[about]))
        || Sees(reader, new Row(0, t.Value.Assignee.Id, t.Value.Assignee.Department, [], []))).Select(t => t.Key).ToHashSet();

    /// <summary>Gives a person to another colleague, by the deed.</summary>
    public async Task HandOverAsync(CrmHost host, Guid person, Reader to)
    {
        await using var scope = host.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Actor>().IsSystem = true;
        await scope.ServiceProvider.GetRequiredService<RecordDoors>().Of(host.Services.GetRequiredService<IRecordTypes>().Find("person")!)
            .DoAsync(person, "hand-over", new Dictionary<string, object?> { ["owner"] = to.Id }, null, CancellationToken.None);
        await host.InAsync(async db =>
        {
            var spine = await db.Records.AsNoTracking().SingleAsync(r => r.Id == person);
            _rows[person] = _rows[person] with { Owner = spine.OwnerId, Department = spine.DepartmentId };
        });
    }

    public HashSet<Guid> SeenBy(Reader reader) => _rows.Where(r => Sees(reader, r.Value)).Select(r => r.Key).ToHashSet();

    /// <summary>Where the hand-over stands, for a message.</summary>
    public string State { get; private set; } = "";

    /// <summary>Whose records count as whose while a hand-over is on its way.</summary>
    private (Guid From, Guid To)? Alias { get; set; }

    /// <summary>Two salespeople: who owns the most, and another one.</summary>
    public (Reader From, Reader To) Busiest()
    {
        var sales = _readers.Where(r => r.Role == ReadyRoles.Sales).OrderByDescending(r => OwnedBy(r).Count()).ToList();
        return (sales[0], sales[1]);
    }

    public IEnumerable<Guid> OwnedBy(Reader reader) => _rows.Where(r => Owns(reader, r.Value.Owner)).Select(r => r.Key);

    /// <summary>Reads what the rows say now; gives the phase that the act is in.</summary>
    public async Task<string> RefreshAsync(CrmHost host, Guid bulk)
    {
        await host.InAsync(async db =>
        {
            var act = await db.Set<BulkAct>().AsNoTracking().FirstAsync(a => a.Id == bulk);
            Alias = act.IsOver || act.Kind != HandOverWork.Name ? null : (act.Told<HandedOver>().From, act.Told<HandedOver>().To);
            var word = act.Cursor.Split(' ')[0];
            State = $"{act.State} {(Guid.TryParse(word, out _) ? "rows" : word)} {Math.Min(act.Chunks, 3)} {act.Cursor.Contains(' ', StringComparison.Ordinal)}";
            var people = _rows.Keys.ToList();
            var managers = (await db.Set<RecordManager>().Where(m => people.Contains(m.RecordId)).ToListAsync()).ToLookup(m => m.RecordId, m => m.UserId);
            foreach (var spine in await db.Records.AsNoTracking().Where(r => people.Contains(r.Id)).ToListAsync())
                _rows[spine.Id] = _rows[spine.Id] with { Owner = spine.OwnerId, Department = spine.DepartmentId, Managers = [.. managers[spine.Id]] };
        });
        return State;
    }

    private bool Owns(Reader reader, Guid? owner) => owner == reader.Id || (Alias is { } alias && owner == alias.From && reader.Id == alias.To);

    public string Describe(Guid id) => _rows.TryGetValue(id, out var row) ? row.ToString() : $"{id}, which was not drawn";

    private bool Sees(Reader reader, Row row)
    {
        if (reader.Role is ReadyRoles.Administrator or ReadyRoles.Service)
            return true;
        if (Owns(reader, row.Owner) || row.Managers.Exists(m => Owns(reader, m)) || row.Shares.Contains(reader.Id))
            return true;
        if (reader.Department is { } own && row.Shares.Contains(own))
            return true;
        return reader is { Role: ReadyRoles.PeopleManager, Department: { } top } && row.Department is { } department && IsBelow(department, top);
    }

    private bool IsBelow(Guid department, Guid top)
    {
        for (Guid? at = department; at is not null; at = _parents[at.Value])
        {
            if (at == top)
                return true;
        }

        return false;
    }

    private async Task AddPersonAsync(CrmHost host, Random random, int number)
    {
        var owner = random.Next(5) == 0 ? null : _readers[random.Next(_readers.Count)];
        var row = new Row(number, owner?.Id, owner?.Department, [], []);
        if (random.Next(4) == 0)
            row.Managers.Add(_readers[random.Next(_readers.Count)].Id);
        if (random.Next(3) == 0)
            row.Shares.Add(random.Next(2) == 0 ? _readers[random.Next(_readers.Count)].Id : _parents.Keys.ElementAt(random.Next(6)));
        await using var scope = host.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Actor>().IsSystem = true;
        var doors = scope.ServiceProvider.GetRequiredService<RecordDoors>();
        var types = host.Services.GetRequiredService<IRecordTypes>();
        var person = await doors.Of(types.Find("person")!).CreateAsync(
            new Dictionary<string, object?> { ["firstName"] = $"Number{number}", ["lastName"] = "Drawn", ["owner"] = row.Owner }, null, CancellationToken.None);
        await doors.Of(types.Find("note")!).CreateAsync(
            new Dictionary<string, object?> { ["about"] = person.Id, ["text"] = "Remember this" }, null, CancellationToken.None);
        await host.InAsync(async db =>
        {
            db.AddRange(row.Managers.Select(m => new RecordManager { UserId = m, RecordId = person.Id }));
            db.AddRange(row.Shares.Select(s => new RecordShare { PrincipalId = s, RecordId = person.Id }));
            await db.SaveChangesAsync();
        });
        _rows[person.Id] = row;
    }

    private sealed record Row(int Number, Guid? Owner, Guid? Department, List<Guid> Managers, List<Guid> Shares)
    {
        public override string ToString() => $"person {Number} of {Owner} in {Department}, managed by [{string.Join(',', Managers)}], shared with [{string.Join(',', Shares)}]";
    }
}
