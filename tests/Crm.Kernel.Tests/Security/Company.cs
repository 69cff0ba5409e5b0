using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Kernel.Records;
using Crm.Kernel.Security;
using Crm.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Tests.Security;

/// <summary>Somebody who reads.</summary>
public sealed record Reader(Guid Id, string Name, string Role, Guid? Department, Company Company);

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

    public HashSet<Guid> SeenBy(Reader reader) => _rows.Where(r => Sees(reader, r.Value)).Select(r => r.Key).ToHashSet();

    public string Describe(Guid id) => _rows.TryGetValue(id, out var row) ? row.ToString() : $"{id}, which was not drawn";

    private bool Sees(Reader reader, Row row)
    {
        if (reader.Role is ReadyRoles.Administrator or ReadyRoles.Service)
            return true;
        if (row.Owner == reader.Id || row.Managers.Contains(reader.Id) || row.Shares.Contains(reader.Id))
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
