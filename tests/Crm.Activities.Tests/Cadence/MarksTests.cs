using System.Net;
using Crm.Activities.Tests.Interactions;
using Crm.Abstractions.Security;
using Crm.Testing;

namespace Crm.Activities.Tests.Cadence;

/// <summary>Random contacts, logged, moved and binned in any order: the lists and states made of marks are those that counting by hand gives.</summary>
public abstract class MarksTests(CrmHost host)
{
    private static readonly string[] _channels = ["phone", "email", "letter", "in-person"];
    private readonly Team _team = new(host);
    private readonly Dictionary<Guid, Contact> _contacts = [];
    private readonly Dictionary<Guid, DateTimeOffset> _people = [];

    [Theory]
    [Trait("F", "27")]
    [InlineData(20261)]
    [InlineData(20262)]
    public async Task Cadence_by_marks_is_cadence_by_counting(int seed)
    {
        var random = new Random(seed);
        var me = await _team.SalesAsync(ReadyRoles.Administrator);
        var now = TimeProvider.System.GetUtcNow();
        var tag = $"t{Guid.CreateVersion7():N}";
        await host.SegmentAsync("person", tag, $"tags eq \"{tag}\"");
        for (var i = 0; i < 12; i++)
        {
            var id = await Team.MadeAsync(me.Api, "people", new { firstName = $"P{i}", lastName = "Random", tags = new[] { tag } });
            var began = now.AddDays(-random.Next(0, 200)).AddMinutes(-random.Next(60, 900));
            await host.BeganAsync(id, began);
            _people[id] = began;
        }

        // Two rules before the contacts, two after: kept true from the start, and made from what was there.
        var rules = new List<Rule> { await RuleAsync(me.Api, tag, [], 30, 2, 30), await RuleAsync(me.Api, tag, ["email", "phone"], 45, null, null) };
        await host.PrepareAsync();
        for (var i = 0; i < 60; i++)
            await ActAsync(me.Api, random, now);
        await SameAsync(me.Id, me.Api, tag, rules, now);
        rules.AddRange([await RuleAsync(me.Api, tag, ["phone"], 20, 1, 60), await RuleAsync(me.Api, tag, ["in-person", "letter"], null, 1, 90)]);
        await host.PrepareAsync();
        await SameAsync(me.Id, me.Api, tag, rules, now);
        for (var i = 0; i < 30; i++)
            await ActAsync(me.Api, random, now);
        await SameAsync(me.Id, me.Api, tag, rules, now);
        foreach (var rule in rules)
            await RetireAsync(me.Api, rule.Id);
    }

    private async Task ActAsync(HttpClient api, Random random, DateTimeOffset now)
    {
        var at = now.AddDays(-random.Next(0, 120)).AddMinutes(-random.Next(10, 900));
        var channel = _channels[random.Next(_channels.Length)];
        var people = _people.Keys.OrderBy(_ => random.Next()).Take(random.Next(1, 4)).ToList();
        var alive = _contacts.Where(c => !c.Value.IsBinned).Select(c => c.Key).Order().ToList();
        switch (random.Next(6))
        {
            case 0 when alive.Count > 0:
                var binned = alive[random.Next(alive.Count)];
                await InteractionTests.BinAsync(api, binned);
                _contacts[binned] = _contacts[binned] with { IsBinned = true };
                break;
            case 1 when alive.Count > 0:
                var moved = alive[random.Next(alive.Count)];
                using (var answer = await InteractionTests.ChangedAsync(api, moved, new { at, channel, with = people.Skip(1) }))
                    Assert.True(answer.StatusCode == HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
                // Whom it hangs on stays.
                _contacts[moved] = new Contact([_contacts[moved].People[0], .. people.Skip(1)], channel, at, false);
                break;
            default:
                var made = await Team.MadeAsync(api, "interactions", new { about = people[0], with = people.Skip(1), channel, subject = "Random", at });
                _contacts[made] = new Contact(people, channel, at, false);
                break;
        }
    }

    private async Task SameAsync(Guid user, HttpClient api, string tag, List<Rule> rules, DateTimeOffset now)
    {
        foreach (var rule in rules)
        {
            if (rule.AtLeast is not null)
                Assert.Equal(_people.Keys.Where(p => IsOverdue(rule, p, now)).OrderBy(p => Last(rule, p)).ThenBy(p => p), await host.ListAsync(user, rule.Id, isOften: false));
            if (rule.Most is not null)
                Assert.Equal(_people.Keys.Where(p => IsTooOften(rule, p, now)).Order(), (await host.ListAsync(user, rule.Id, isOften: true)).Order());
        }

        var page = await Team.ReadAsync(api, $"/api/v1/people?fields=cadence.state&limit=200&filter={Uri.EscapeDataString($"tags eq \"{tag}\"")}");
        var states = page.GetProperty("items").EnumerateArray().ToDictionary(i => i.GetProperty("id").GetGuid(), i => i.GetProperty("cadence.state").GetString());
        Assert.Equal(_people.Keys.ToDictionary(p => p, p => (string?)State(rules, p, now)).OrderBy(s => s.Key), states.OrderBy(s => s.Key));
        foreach (var state in new[] { "ok", "soon", "overdue", "too-often" })
        {
            var found = await Team.ListAsync(api, "people", $"tags eq \"{tag}\" and cadence.state eq \"{state}\"");
            Assert.Equal(states.Where(s => s.Value == state).Select(s => s.Key).Order(), found.Select(f => f.GetProperty("id").GetGuid()).Order());
        }
    }

    private IEnumerable<DateTimeOffset> Touches(Rule rule, Guid person) => _contacts.Values
        .Where(c => !c.IsBinned && c.People.Contains(person) && (rule.Channels.Length == 0 || rule.Channels.Contains(c.Channel))).Select(c => c.At);

    private DateTimeOffset Last(Rule rule, Guid person) => Touches(rule, person).OrderDescending().Cast<DateTimeOffset?>().FirstOrDefault() ?? _people[person];

    private bool IsOverdue(Rule rule, Guid person, DateTimeOffset now) => rule.AtLeast is { } days && Last(rule, person) < now.AddDays(-days);

    private bool IsSoon(Rule rule, Guid person, DateTimeOffset now) => rule.AtLeast is { } days && Last(rule, person) < now.AddDays(-days + Math.Min(7, days / 5d));

    private bool IsTooOften(Rule rule, Guid person, DateTimeOffset now) => rule.Most is { } most && Touches(rule, person).Count(t => t > now.AddDays(-rule.Days!.Value)) > most;

    private string State(List<Rule> rules, Guid person, DateTimeOffset now) =>
        rules.Exists(r => IsTooOften(r, person, now)) ? "too-often" : rules.Exists(r => IsOverdue(r, person, now)) ? "overdue" : rules.Exists(r => IsSoon(r, person, now)) ? "soon" : "ok";

    private static async Task<Rule> RuleAsync(HttpClient api, string tag, string[] channels, int? atLeast, int? most, int? days) => new(
        await Team.MadeAsync(api, "cadence-rules", new { name = $"{string.Join('+', channels)} {atLeast} {most}", customers = "person", segment = tag, channels, atLeastDays = atLeast, atMostTimes = most, atMostDays = days }),
        channels, atLeast, most, days);

    private static async Task RetireAsync(HttpClient api, Guid rule)
    {
        using var change = new HttpRequestMessage(HttpMethod.Patch, new Uri($"/api/v1/cadence-rules/{rule}", UriKind.Relative))
        {
            Content = System.Net.Http.Json.JsonContent.Create(new { isActive = false }),
            Headers = { { "If-Match", "*" } },
        };
        using var answer = await api.SendAsync(change);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private sealed record Contact(List<Guid> People, string Channel, DateTimeOffset At, bool IsBinned);

    private sealed record Rule(Guid Id, string[] Channels, int? AtLeast, int? Most, int? Days);
}

/// <summary>On SQLite.</summary>
public sealed class MarksOnSqlite(SqliteHost host) : MarksTests(host), IClassFixture<SqliteHost>;

/// <summary>On PostgreSQL.</summary>
public sealed class MarksOnPostgres(PostgresHost host) : MarksTests(host), IClassFixture<PostgresHost>;
