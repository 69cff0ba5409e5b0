using System.Globalization;
using Crm.Abstractions.Records;
using Crm.Kernel.Records;

namespace Crm.Kernel.Generate;

/// <summary>Makes people and organisations: one in ten is an organisation, and most people work for one.</summary>
internal sealed class ContactMaker(RecordTypes types, TitleKeys keys, Random random, IReadOnlyList<(Guid User, Guid Department)> owners, DateTimeOffset now)
{
    /// <summary>How long ago the oldest of them were made.</summary>
    public const int Minutes = 1_500_000;

    private readonly Names _names = new(random);
    private readonly RecordForge _person = RecordForge.Of(types, "person", keys) ?? throw Missing();
    private readonly RecordForge _organization = RecordForge.Of(types, "organization", keys) ?? throw Missing();
    private readonly RecordForge? _relationship = RecordForge.Of(types, "relationship", keys);
    private readonly List<Guid> _firms = [];
    private long _serial;

    public (List<IRecord> All, List<Customer> Contacts) Next(int count)
    {
        var contacts = new List<IRecord>();
        var jobs = new List<IRecord>();
        for (var i = 0; i < count; i++)
        {
            var at = now.AddMinutes(-random.Next(1, Minutes));
            var contact = _firms.Count == 0 || random.Next(10) == 0 ? Firm(at) : Person(at, jobs);
            (contact.Spine.OwnerId, contact.Spine.DepartmentId) = Owner();
            contacts.Add(contact);
        }

        return ([.. contacts, .. jobs], contacts.ConvertAll(c => new Customer(c.Id, c.Spine.OwnerId)));
    }

    private static RuleViolation Missing() => new("", "There is no module for people and organisations.");

    private (Guid? User, Guid? Department) Owner()
    {
        // The first owner has a tenth; the others have about a hundredth each.
        var owner = owners[random.Next(10) == 0 ? 0 : random.Next(1, owners.Count)];
        return (owner.User, owner.Department);
    }

    private IRecord Firm(DateTimeOffset at)
    {
        var name = _names.Firm();
        var firm = _organization.Make(null, at, ("name", name), ("phones", Phone("work")), ("emails", Email("info", name)), ("employees", (decimal)random.Next(3, 5_000)));
        _firms.Add(firm.Id);
        return firm;
    }

    private IRecord Person(DateTimeOffset at, List<IRecord> jobs)
    {
        var (first, last) = (_names.First(), _names.Last());
        // One company has a fiftieth of the people.
        Guid? firm = random.Next(5) == 0 ? null : random.Next(50) == 0 ? _firms[0] : _firms[random.Next(_firms.Count)];
        var birthday = DateOnly.FromDateTime(now.UtcDateTime).AddDays(-random.Next(7_500, 27_000));
        var person = _person.Make(
            null, at, ("firstName", first), ("lastName", last), ("organization", firm), ("jobTitle", firm is null ? null : _names.Job()),
            ("birthday", birthday), ("phones", Phone("mobile")), ("emails", Email(first, last)));
        if (firm is { } employer && _relationship is not null)
        {
            var job = _relationship.Make(person.Id, at, ("to", employer), ("type", "worksFor"));
            job.Spine.DecidedById = person.Id;
            jobs.Add(job);
        }

        return person;
    }

    private List<ValueEntry> Phone(string kind) =>
        [new(kind, string.Create(CultureInfo.InvariantCulture, $"+3712{random.Next(1_000_000, 9_999_999)}"))];

    private List<ValueEntry> Email(string who, string where)
    {
        var local = new string([.. $"{who}.{where}".Normalize(System.Text.NormalizationForm.FormD).Where(char.IsAsciiLetter).Take(30)]).ToLowerInvariant();
        return [new("work", string.Create(CultureInfo.InvariantCulture, $"{local}{++_serial}@mail.example"))];
    }
}
