using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Crm.Activities.Tests.Mails;
using Crm.Kernel.Mail;
using Crm.Testing;
using Microsoft.EntityFrameworkCore;

namespace Crm.Activities.Tests.Consents;

/// <summary>Who has refused a way of contact is not written to unasked, and whoever contacts him so is warned.</summary>
public abstract class ConsentTests(CrmHost host)
{
    private const string Source = "Letter to the board";
    private readonly Team _team = new(host);

    [Fact]
    [Trait("F", "91")]
    public async Task A_mail_to_a_customer_who_refused_it_goes_only_as_an_answer_and_says_so()
    {
        var me = await _team.SalesAsync();
        var person = await Team.PersonAsync(me.Api);
        using var browser = await Browser.SignedInAsync(host, me.Name);
        Assert.DoesNotContain("refused", await browser.PieceAsync($"/activities/mails/write/{person}"), StringComparison.Ordinal);
        await SaidAsync(me.Api, person, "email", "given", new DateTimeOffset(2026, 1, 10, 12, 0, 0, TimeSpan.Zero));
        Assert.DoesNotContain("refused", await browser.PieceAsync($"/activities/mails/write/{person}"), StringComparison.Ordinal);
        await SaidAsync(me.Api, person, "email", "refused", new DateTimeOffset(2026, 1, 20, 23, 30, 0, TimeSpan.Zero));

        var box = await browser.PieceAsync($"/activities/mails/write/{person}");
        // In Riga it was the next day already.
        foreach (var words in new[] { "This customer has refused e-mail", Source, "21", "name=\"isAnswer\"" })
            Assert.Contains(words, box, StringComparison.Ordinal);
        using var refused = await browser.PostAsync($"/activities/mails/write/{person}", Mail(), $"/contacts/people/{person}");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        var said = await refused.Content.ReadAsStringAsync();
        Assert.Contains("id=\"mail-answer-error\"", said, StringComparison.Ordinal);
        Assert.Contains("As you asked", said, StringComparison.Ordinal);
        await host.InAsync(async db => Assert.False(await db.Set<SentMail>().AnyAsync(m => m.RecordId == person)));

        using var sent = await browser.PostAsync($"/activities/mails/write/{person}", new(Mail()) { ["isAnswer"] = "true" }, $"/contacts/people/{person}");
        Assert.True(sent.IsSuccessStatusCode, await sent.Content.ReadAsStringAsync());
        await host.InAsync(async db =>
        {
            var mail = await db.Set<SentMail>().SingleAsync(m => m.RecordId == person);
            Assert.Equal("As you asked", Crm.Mail.Mime.MimeMessage.Read(mail.Content).Text!.Trim());
        });
        var logged = Assert.Single(await Team.ListAsync(me.Api, "interactions", $"about eq {person}"));
        Assert.Contains("As you asked", logged.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Contains("although e-mail was refused", logged.GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("F", "91")]
    public async Task An_address_of_somebody_who_refused_is_asked_about_on_any_page()
    {
        var me = await _team.SalesAsync();
        var email = $"{Guid.CreateVersion7():N}@example.org";
        var person = await Team.MadeAsync(me.Api, "people", new { firstName = "Anna", lastName = "Refusing", emails = new[] { new { kind = "work", value = email } } });
        await SaidAsync(me.Api, person, "email", "refused");
        var firm = await Team.MadeAsync(me.Api, "organizations", new { name = "Her firm" });
        using var browser = await Browser.SignedInAsync(host, me.Name);
        foreach (var to in new[] { email.ToUpperInvariant(), $"office@example.org; Anna <{email}>" })
        {
            using var refused = await browser.PostAsync($"/activities/mails/write/{firm}", new(Mail()) { ["to"] = to }, $"/contacts/organizations/{firm}");
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
            var said = await refused.Content.ReadAsStringAsync();
            Assert.Contains("name=\"isAnswer\"", said, StringComparison.Ordinal);
            Assert.Contains("Anna Refusing refused this way of contact", said, StringComparison.Ordinal);
        }

        using var sent = await browser.PostAsync($"/activities/mails/write/{firm}", new(Mail()) { ["to"] = email, ["isAnswer"] = "true" }, $"/contacts/organizations/{firm}");
        Assert.True(sent.IsSuccessStatusCode, await sent.Content.ReadAsStringAsync());
    }

    [Fact]
    [Trait("F", "91")]
    public async Task Nobody_who_refused_mail_is_invited_without_a_word()
    {
        var me = await _team.SalesAsync();
        var person = await Team.MadeAsync(me.Api, "people", new { firstName = "Anna", lastName = "Uninvited", emails = new[] { new { kind = "work", value = "uninvited@example.org" } } });
        await SaidAsync(me.Api, person, "email", "refused");
        var meeting = await Team.MadeAsync(me.Api, "appointments", new { subject = "Tasting", startOn = "2035-03-29", startTime = "09:00", endTime = "10:00", with = new[] { person } });
        using var answer = await me.Api.PostAsJsonAsync(new Uri($"/api/v1/appointments/{meeting}/invite", UriKind.Relative), new { });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("Anna Uninvited refused e-mail", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await host.InAsync(async db => Assert.False(await db.Set<SentMail>().AnyAsync(m => m.RecordId == meeting)));
    }

    [Fact]
    [Trait("F", "91")]
    public async Task A_tick_without_a_refusal_says_nothing()
    {
        var me = await _team.SalesAsync();
        var person = await Team.PersonAsync(me.Api);
        await SaidAsync(me.Api, person, "phone", "refused");
        using var browser = await Browser.SignedInAsync(host, me.Name);
        using var sent = await browser.PostAsync($"/activities/mails/write/{person}", new(Mail()) { ["isAnswer"] = "true" }, $"/contacts/people/{person}");
        Assert.True(sent.IsSuccessStatusCode, await sent.Content.ReadAsStringAsync());
        Assert.Equal("As you asked", Assert.Single(await Team.ListAsync(me.Api, "interactions", $"about eq {person}")).GetProperty("text").GetString());
    }

    [Fact]
    [Trait("F", "91")]
    public async Task Planning_and_logging_a_way_that_was_refused_warns_and_blocks_nothing()
    {
        var (me, now) = (await _team.SalesAsync(), TimeProvider.System.GetUtcNow());
        var person = await Team.PersonAsync(me.Api, "Quiet");
        await SaidAsync(me.Api, person, "phone", "refused", now.AddDays(-5));
        foreach (var channel in new[] { "phone", "call-centre" })
            Assert.Contains("Anna Quiet refused", Assert.Single(await WarningsAsync(me.Api, "tasks", new { about = person, channel, subject = "Call" })), StringComparison.Ordinal);
        Assert.Contains(Source, Assert.Single(await WarningsAsync(me.Api, "interactions", new { about = person, channel = "phone", subject = "Called", at = now })), StringComparison.Ordinal);
        foreach (var fine in new object[]
        {
            new { about = person, channel = "phone", subject = "They called", direction = "incoming", at = now },
            new { about = person, channel = "letter", subject = "Wrote", at = now },
            new { about = person, channel = "phone", subject = "Before he said so", at = now.AddDays(-9) },
        })
            Assert.Empty(await WarningsAsync(me.Api, "interactions", fine));
        await SaidAsync(me.Api, person, "phone", "given", now.AddDays(-1));
        Assert.Empty(await WarningsAsync(me.Api, "tasks", new { about = person, channel = "phone", subject = "Call" }));
    }

    [Fact]
    [Trait("F", "91")]
    public async Task The_pages_warn_before_and_after()
    {
        var me = await _team.SalesAsync();
        var person = await Team.PersonAsync(me.Api);
        await SaidAsync(me.Api, person, "phone", "refused");
        using var browser = await Browser.SignedInAsync(host, me.Name);
        var warning = $"/activities/cadence/warning?Input.About={person}&Input.Channel=phone";
        Assert.Contains(Source, await browser.PieceAsync(warning), StringComparison.Ordinal);
        Assert.DoesNotContain("notice", await browser.PieceAsync(warning + "&Input.Direction=Incoming"), StringComparison.Ordinal);
        using var planned = await browser.PostAsync(
            $"/activities/tasks/compose/{person}", new() { ["Input.Subject"] = "Call", ["Input.Channel"] = "phone" }, $"/contacts/people/{person}");
        Assert.Contains(Source, string.Join(' ', planned.Headers.GetValues("HX-Trigger")), StringComparison.Ordinal);
        var page = await browser.ReadAsync("/activities/calls");
        Assert.Contains("This customer has refused calls", page, StringComparison.Ordinal);
        Assert.Contains(Source, page, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("F", "15")]
    public async Task Who_may_not_see_the_customer_has_the_rule_and_no_word_of_it()
    {
        var (boss, me) = (await _team.SalesAsync(), await _team.SalesAsync());
        var person = await Team.PersonAsync(boss.Api, "Secretname");
        await SaidAsync(boss.Api, person, "phone", "refused");
        var task = await Team.MadeAsync(boss.Api, "tasks", new { about = person, channel = "phone", subject = "Call", assignee = me.Id });
        using var change = new HttpRequestMessage(HttpMethod.Patch, new Uri($"/api/v1/tasks/{task}", UriKind.Relative)) { Content = JsonContent.Create(new { priority = "high" }), Headers = { { "If-Match", "*" } } };
        using var answer = await me.Api.SendAsync(change);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.Contains("Somebody who takes part has refused this way of contact.", text, StringComparison.Ordinal);
        using var browser = await Browser.SignedInAsync(host, me.Name);
        var page = await browser.ReadAsync("/activities/calls");
        Assert.Contains("This customer has refused calls", page, StringComparison.Ordinal);
        foreach (var secret in new[] { Source, "Secretname" })
        {
            Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
            Assert.DoesNotContain(secret, page, StringComparison.Ordinal);
        }
    }

    private static Dictionary<string, string> Mail() => new() { ["to"] = "anna@example.org", ["subject"] = "Your question", ["body"] = "As you asked" };

    private static Task<Guid> SaidAsync(HttpClient api, Guid person, string channel, string state, DateTimeOffset? at = null) =>
        Team.MadeAsync(api, "consents", new { record = person, channel, state, source = Source, at = at ?? TimeProvider.System.GetUtcNow() });

    private static async Task<List<string>> WarningsAsync(HttpClient api, string plural, object record)
    {
        using var answer = await api.PostAsJsonAsync(new Uri($"/api/v1/{plural}", UriKind.Relative), record);
        Assert.True(answer.StatusCode == HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).TryGetProperty("warnings", out var warnings) ? [.. warnings.EnumerateArray().Select(w => w.GetString()!)] : [];
    }
}

/// <summary>On SQLite.</summary>
public sealed class ConsentsOnSqlite(MailSqliteHost host) : ConsentTests(host), IClassFixture<MailSqliteHost>;

/// <summary>On PostgreSQL.</summary>
public sealed class ConsentsOnPostgres(MailPostgresHost host) : ConsentTests(host), IClassFixture<MailPostgresHost>;
