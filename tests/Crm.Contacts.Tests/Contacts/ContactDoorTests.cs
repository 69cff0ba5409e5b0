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

    [Theory]
    [Trait("F", "91")]
    [InlineData("given", "refused", false)]
    [InlineData("refused", "given", true)]
    public async Task Of_two_answers_of_one_moment_the_later_noted_counts_for_lists_as_well(string first, string second, bool isGiven)
    {
        var word = Word();
        var person = await AddAsync("person", ("lastName", word), ("tags", List(word)));
        foreach (var state in new[] { first, second })
            await AddAsync("consent", ("record", person.Id), ("channel", "email"), ("state", state), ("source", "Fair"), ("at", "2026-05-03T12:00:00Z"));
        var shown = Assert.Single(await ListAsync("person", $"tags eq \"{word}\"")).Values["consents"];
        Assert.Equal(isGiven, shown is List<string> { Count: 1 });
        Assert.Equal(isGiven ? 1 : 0, (await ListAsync("person", $"tags eq \"{word}\" and consents eq \"email\"")).Count);
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
    [Trait("F", "12")]
    public async Task The_heir_of_a_designated_colleague_is_designated_and_who_left_can_be_taken_off()
    {
        var people = new Crm.Testing.People(host);
        var (bert, cleo, dora) = (await people.UserAsync($"bert{Word()}", ReadyRoles.Sales), await people.UserAsync($"cleo{Word()}", ReadyRoles.Sales), await people.UserAsync($"dora{Word()}", ReadyRoles.Sales));
        var (his, both, left) = (await AddAsync("person", ("lastName", "His")), await AddAsync("person", ("lastName", "Both")), await AddAsync("person", ("lastName", "Left")));
        foreach (var (client, user) in new[] { (his, bert), (both, bert), (both, cleo), (left, dora) })
            await DoneAsync(client.Id, "designate", user);
        var act = await InAsync(s => s.GetRequiredService<Crm.Kernel.Users.HandOver>().RunAsync(bert, cleo, default));
        await WorkAsync(act);
        foreach (var client in new[] { his, both })
        {
            await CheckAsync(client.Id, cleo);
            await Assert.ThrowsAsync<RuleViolation>(() => CheckAsync(client.Id, bert));
        }

        var undone = await InAsync(async s => (await s.GetRequiredService<Crm.Kernel.Bulk.BulkDoor>().UndoAsync(act, default)).Id);
        await WorkAsync(undone);
        await CheckAsync(his.Id, bert);
        await Assert.ThrowsAsync<RuleViolation>(() => CheckAsync(his.Id, cleo));
        await CheckAsync(both.Id, bert);
        await CheckAsync(both.Id, cleo);

        await host.InAsync(async db =>
        {
            (await db.Set<Crm.Kernel.Users.User>().FindAsync(dora))!.DisabledAt = TimeProvider.System.GetUtcNow();
            await db.SaveChangesAsync();
        });
        await Assert.ThrowsAsync<RuleViolation>(() => DoneAsync(his.Id, "designate", dora));
        await DoneAsync(left.Id, "undesignate", dora);
        await CheckAsync(left.Id, cleo);
    }

    [Fact]
    [Trait("F", "91")]
    public async Task What_a_contact_said_is_not_changed_afterwards()
    {
        var person = await AddAsync("person", ("lastName", "Said"));
        var said = await AddAsync("consent", ("record", person.Id), ("channel", "email"), ("state", "refused"), ("source", "Letter"), ("at", "2026-01-01T09:00:00Z"));
        foreach (var (field, value) in new (string, object)[] { ("state", "given"), ("channel", "phone"), ("source", "Fair"), ("at", "2026-02-01T09:00:00Z") })
        {
            var refused = await Assert.ThrowsAsync<RuleViolation>(() => DoorAsync("consent", d => d.UpdateAsync(said.Id, new Dictionary<string, object?> { [field] = value }, null, default)));
            Assert.Equal(field, Assert.Single(refused.Errors).Key);
        }
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
                if (field is { IsFilterable: true, HasColumn: true })
                    await door.CountAsync($"{field.Name} ne null", 10, default);
                if (field.IsSortable)
                    await door.ListAsync(new RecordQuery(Sort: field.Name), default);
            }

            return true;
        });
    }

    private static string Word() => "w" + Guid.CreateVersion7().ToString("N");

    private static List<string> List(string word) => [word];

    private Task<RecordView> DoneAsync(Guid contact, string verb, Guid user) =>
        DoorAsync("person", d => d.DoAsync(contact, verb, new Dictionary<string, object?> { ["user"] = user }, null, default));

    private async Task<TResult> InAsync<TResult>(Func<IServiceProvider, Task<TResult>> work)
    {
        await using var scope = host.Services.CreateAsyncScope();
        (scope.ServiceProvider.GetRequiredService<Actor>().IsSystem, scope.ServiceProvider.GetRequiredService<Actor>().Door) = (true, "command");
        return await work(scope.ServiceProvider);
    }

    // The server works at it by itself: it is over when its state says so.
    private async Task WorkAsync(Guid act)
    {
        for (var wait = 0; wait < 150; wait++)
        {
            var isOver = await InAsync(async s => (await s.GetRequiredService<Crm.Kernel.Data.KernelDb>().Set<Crm.Kernel.Bulk.BulkAct>().FindAsync(act))!.EndedAt is not null);
            if (isOver)
                return;
            await Task.Delay(100);
        }

        Assert.Fail("The act does not end.");
    }

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
