using System.Net;
using Crm.Abstractions.Security;
using Crm.Activities.Interactions;
using Crm.Kernel.Mail;
using Crm.Mail.Mime;
using Crm.Testing;
using Microsoft.EntityFrameworkCore;

namespace Crm.Activities.Tests.Mails;

/// <summary>A mail is written on the customer's page, sent and logged there: both or neither.</summary>
public abstract class MailTests(CrmHost host)
{
    private readonly Team _team = new(host);

    [Fact]
    [Trait("F", "20")]
    public async Task A_mail_from_a_template_is_sent_and_stands_in_the_timeline()
    {
        var (_, boss, bossApi) = await _team.SalesAsync(ReadyRoles.PeopleManager);
        _ = boss;
        var template = await Team.MadeAsync(bossApi, "mail-templates", new { name = "Thanks", subject = "Thank you, {{firstName}}", text = "Dear {{firstName}} {{lastName}},\nthank you.\n{{me}} {{shoeSize}}" });
        var (_, name, api) = await _team.SalesAsync();
        var person = await Team.MadeAsync(api, "people", new { firstName = "Zane", lastName = "Kalniņa", emails = new[] { new { kind = "work", value = "zane@example.org" } } });
        using var browser = await Browser.SignedInAsync(host, name);
        using var signed = await browser.PostAsync("/activities/mails/signature", new() { ["Text"] = "With kind regards" });
        Assert.Equal(HttpStatusCode.Redirect, signed.StatusCode);

        var box = WebUtility.HtmlDecode(await browser.PieceAsync($"/activities/mails/write/{person}?template={template}"));
        Assert.Contains("Thank you, Zane", box, StringComparison.Ordinal);
        Assert.Contains($"Dear Zane Kalniņa,\nthank you.\n{name} {{{{shoeSize}}}}\n\nWith kind regards", box[box.IndexOf("Dear", StringComparison.Ordinal)..], StringComparison.Ordinal);

        // What the record does not know is not sent with its braces.
        using var open = await browser.PostAsync($"/activities/mails/write/{person}", Said("Hello {{shoeSize}}"), $"/contacts/people/{person}");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, open.StatusCode);
        using var sent = await browser.PostAsync($"/activities/mails/write/{person}", Said("Labdien, Zane!"), $"/contacts/people/{person}");
        Assert.True(sent.IsSuccessStatusCode, await sent.Content.ReadAsStringAsync());
        await host.InAsync(async db =>
        {
            var logged = await db.Set<Interaction>().Include(i => i.Spine).SingleAsync(i => i.Spine.DecidedById == person);
            Assert.Equal(("email", "Thank you", "Labdien, Zane!"), (logged.Channel, logged.Subject, logged.Text));
            var mail = await db.Set<SentMail>().SingleAsync(m => m.RecordId == person);
            Assert.Equal("Labdien, Zane!", MimeMessage.Read(mail.Content).Text!.Trim());
        });
        Assert.Contains("Labdien, Zane!", WebUtility.HtmlDecode(await browser.PieceAsync($"/contacts/people/{person}/timeline")), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("F", "15")]
    public async Task A_note_on_a_template_is_found_by_whoever_uses_templates()
    {
        var (_, _, bossApi) = await _team.SalesAsync(ReadyRoles.PeopleManager);
        var template = await Team.MadeAsync(bossApi, "mail-templates", new { name = "Thanks", subject = "Thank you", text = "Thank you" });
        var word = $"w{Guid.CreateVersion7():N}";
        var note = await Team.MadeAsync(bossApi, "notes", new { about = template, text = $"Only for {word}" });
        var person = await Team.PersonAsync(bossApi);
        await Team.MadeAsync(bossApi, "notes", new { about = person, text = $"Hidden {word}" });
        var (_, name, api) = await _team.SalesAsync();
        var found = (await Team.ReadAsync(api, $"/api/v1/search?q={word}")).GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetGuid());
        Assert.Equal([note], found);
        Assert.Equal(note, Assert.Single((await Team.ReadAsync(api, $"/api/v1/notes?q={word}")).GetProperty("items").EnumerateArray()).GetProperty("id").GetGuid());
        using var browser = await Browser.SignedInAsync(host, name);
        Assert.Contains("Only for", await browser.ReadAsync($"/search?q={word}"), StringComparison.Ordinal);
        // Who may not use templates does not find what hangs on them.
        var (_, _, analyst) = await _team.SalesAsync(ReadyRoles.Analyst);
        Assert.DoesNotContain(note, (await Team.ReadAsync(analyst, $"/api/v1/search?q={word}")).GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetGuid()));
    }

    [Theory]
    [InlineData("nobody", "Thank you", "Text")]
    [InlineData("zane@example.org", "", "Text")]
    [InlineData("zane@example.org", "Two\nlines", "Text")]
    [InlineData("zane@example.org", "Thank you", "")]
    public async Task What_can_not_be_sent_is_said_and_nothing_is_logged(string to, string subject, string text)
    {
        var (_, name, api) = await _team.SalesAsync();
        var person = await Team.PersonAsync(api);
        using var browser = await Browser.SignedInAsync(host, name);
        using var refused = await browser.PostAsync($"/activities/mails/write/{person}", new() { ["to"] = to, ["subject"] = subject, ["body"] = text }, $"/contacts/people/{person}");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        await host.InAsync(async db => Assert.False(await db.Set<Interaction>().AnyAsync(i => i.Spine.DecidedById == person) || await db.Set<SentMail>().AnyAsync(m => m.RecordId == person)));
    }

    [Fact]
    [Trait("F", "15")]
    public async Task Nobody_writes_to_a_customer_whom_he_does_not_see()
    {
        var (_, _, api) = await _team.SalesAsync();
        var person = await Team.PersonAsync(api);
        var (_, other, _) = await _team.SalesAsync();
        using var browser = await Browser.SignedInAsync(host, other);
        using var page = await browser.GetAsync($"/activities/mails/write/{person}");
        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
        using var sent = await browser.PostAsync($"/activities/mails/write/{person}", Said("Hello"), "/contacts/people");
        Assert.Equal(HttpStatusCode.NotFound, sent.StatusCode);
    }

    private static Dictionary<string, string> Said(string text) => new() { ["to"] = "zane@example.org", ["subject"] = "Thank you", ["body"] = text };
}

/// <summary>On SQLite, mail goes to a folder.</summary>
public sealed class MailSqliteHost : SqliteHost
{
    /// <inheritdoc/>
    protected override IReadOnlyDictionary<string, string?> Settings { get; } = MailFolder.Settings();
}

/// <summary>On PostgreSQL, mail goes to a folder.</summary>
public sealed class MailPostgresHost : PostgresHost
{
    /// <inheritdoc/>
    protected override IReadOnlyDictionary<string, string?> Settings { get; } = MailFolder.Settings();
}

/// <summary>The settings of a server that tries mail out.</summary>
internal static class MailFolder
{
    public static Dictionary<string, string?> Settings() => new()
    {
        ["Mail:From"] = "crm@example.org",
        ["Mail:Folder"] = Directory.CreateTempSubdirectory("crm-mail-").FullName,
    };
}

/// <summary>On SQLite.</summary>
public sealed class MailsOnSqlite(MailSqliteHost host) : MailTests(host), IClassFixture<MailSqliteHost>;

/// <summary>On PostgreSQL.</summary>
public sealed class MailsOnPostgres(MailPostgresHost host) : MailTests(host), IClassFixture<MailPostgresHost>;
