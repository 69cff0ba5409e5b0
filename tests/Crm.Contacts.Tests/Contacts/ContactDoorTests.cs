using Crm.Abstractions.Contacts;
using Crm.Abstractions.Records;
using Crm.Abstractions.Security;
using Crm.Contacts.Consents;
using Crm.Contacts.Contacts;
using Crm.Kernel.Records;
using Crm.Kernel.Security;
using Crm.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Contacts.Tests.Contacts;

/// <summary>Contacts through the doors that pages, API and import use.</summary>
public abstract class ContactDoorTests(CrmHost host)
{
    [Fact]
    [Trait("F", "1")]
    public async Task A_company_a_person_there_and_a_prospect_are_found_in_one_list_with_a_filter_by_kind()
    {
        var word = Word();
        var company = await AddAsync("organization", ("name", $"A {word}"), ("tags", List(word)));
        await AddAsync("person", ("firstName", "B"), ("lastName", word), ("organization", company.Id), ("tags", List(word)));
        await AddAsync("person", ("firstName", "C"), ("lastName", word), ("status", "prospect"), ("tags", List(word)));
        Assert.Equal(3, (await ListAsync("contact", $"tags eq \"{word}\"")).Count);
        Assert.Equal(2, (await ListAsync("contact", $"tags eq \"{word}\" and kind eq \"person\"")).Count);
        Assert.Equal($"C {word}", Assert.Single(await ListAsync("contact", $"tags eq \"{word}\" and status eq \"prospect\"")).Title);
    }

    [Fact]
    [Trait("F", "91")]
    public async Task Who_consented_is_found_by_the_channel_and_the_newest_answer_counts()
    {
        var word = Word();
        var person = await AddAsync("person", ("lastName", word), ("tags", List(word)));
        await AddAsync("consent", ("record", person.Id), ("channel", "email"), ("state", "given"), ("source", "Fair"), ("at", "2026-01-01T09:00:00Z"));
        var filter = $"tags eq \"{word}\" and consents eq \"email\"";
        Assert.Equal(List("email"), Assert.Single(await ListAsync("person", filter)).Values["consents"]);
        await AddAsync("consent", ("record", person.Id), ("channel", "email"), ("state", "refused"), ("source", "Call"), ("at", "2026-02-01T09:00:00Z"));
        Assert.Empty(await ListAsync("person", filter));
    }

    [Fact]
    [Trait("F", "17")]
    public async Task Once_somebody_is_designated_the_others_may_not_contact_and_read_who_may()
    {
        var (anna, ben) = (await new Crm.Testing.People(host).UserAsync($"anna{Word()}", ReadyRoles.Sales), await new Crm.Testing.People(host).UserAsync($"ben{Word()}", ReadyRoles.Sales));
        var client = await AddAsync("person", ("lastName", "Client"));
        await CheckAsync(client.Id, ben);
        await DoorAsync("person", d => d.DoAsync(client.Id, "designate", new Dictionary<string, object?> { ["user"] = anna }, null, default));
        await CheckAsync(client.Id, anna);
        var refused = await Assert.ThrowsAsync<RuleViolation>(() => CheckAsync(client.Id, ben));
        Assert.Contains("anna", refused.Message, StringComparison.Ordinal);
        await DoorAsync("person", d => d.DoAsync(client.Id, "undesignate", new Dictionary<string, object?> { ["user"] = anna }, null, default));
        await CheckAsync(client.Id, ben);
    }

    [Fact]
    [Trait("F", "2")]
    public async Task Phones_are_written_and_read_as_kinds_and_values_in_one_form()
    {
        var person = await AddAsync("person", ("lastName", "Phones"), ("phones", new List<ValueEntry> { new("work", "+371 6701-2345"), new("mobile", "+371 29 123 456") }));
        Assert.Equal([new ValueEntry("work", "+37167012345"), new ValueEntry("mobile", "+37129123456")], Assert.IsAssignableFrom<IEnumerable<ValueEntry>>(person.Values["phones"]));
        Assert.Equal(person.Id, Assert.Single(await ListAsync("person", "phones eq \"+37167012345\"")).Id);
    }

    [Theory]
    [InlineData("person")]
    [InlineData("organization")]
    [InlineData("contact")]
    [InlineData("address")]
    [InlineData("relationship")]
    [InlineData("consent")]
    public async Task Every_field_can_be_filtered_and_sorted_by_as_it_says(string name)
    {
        await DoorAsync(name, async door =>
        {
            foreach (var field in await door.FieldsAsync(default))
            {
                if (field.IsFilterable && field.Column is not null)
                    await door.CountAsync($"{field.Name} ne null", 10, default);
                if (field.IsSortable)
                    await door.ListAsync(new RecordQuery(Sort: field.Name), default);
            }

            return true;
        });
    }

    private static string Word() => "w" + Guid.CreateVersion7().ToString("N");

    private static List<string> List(string word) => [word];

    private async Task CheckAsync(Guid contact, Guid user)
    {
        await using var scope = host.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IContactRestriction>().CheckAsync(new RecordRef(contact), user, default);
    }

    private Task<RecordView> AddAsync(string type, params (string Name, object? Value)[] values) =>
        DoorAsync(type, d => d.CreateAsync(values.ToDictionary(v => v.Name, v => v.Value), null, default));

    private Task<IReadOnlyList<RecordView>> ListAsync(string type, string filter) =>
        DoorAsync(type, async d => (await d.ListAsync(new RecordQuery(Filter: filter), default)).Items);

    private async Task<TResult> DoorAsync<TResult>(string type, Func<IRecordDoor, Task<TResult>> work)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var actor = scope.ServiceProvider.GetRequiredService<Actor>();
        (actor.IsSystem, actor.Door) = (true, "command");
        return await work(scope.ServiceProvider.GetRequiredService<RecordDoors>().Of(scope.ServiceProvider.GetRequiredService<RecordTypes>().Find(type)!));
    }
}

/// <summary>On SQLite.</summary>
public sealed class ContactDoorOnSqlite(SqliteHost host) : ContactDoorTests(host), IClassFixture<SqliteHost>;

/// <summary>On PostgreSQL.</summary>
public sealed class ContactDoorOnPostgres(PostgresHost host) : ContactDoorTests(host), IClassFixture<PostgresHost>;
