using System.Net;
using Crm.Abstractions.Mail;
using Crm.Abstractions.Notifications;
using Crm.Abstractions.Records;
using Crm.Kernel.Data;
using Crm.Kernel.Jobs;
using Crm.Kernel.Mail;
using Crm.Kernel.Notifications;
using Crm.Kernel.Security;
using Crm.Kernel.Settings;
using Crm.Kernel.Users;
using Crm.Mail.Mime;
using Crm.Mail.Testing;
using Crm.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Tests.Mail;

/// <summary>Mail goes out after its unit's commit; nothing is lost, and nothing goes twice unasked.</summary>
public abstract class MailTests(CrmHost host, Relay relay)
{
    [Fact]
    public async Task A_mail_arrives_in_the_users_name_and_answers_go_to_him()
    {
        var user = await new People(host).UserAsync("ilze" + Guid.CreateVersion7().ToString("N"), Abstractions.Security.ReadyRoles.Sales);
        var row = await SentAsync(new MailDraft(["Anna Bērziņa <anna@example.org>"], "Ieva — līgums", "Labdien!\n.\nIlze") { UserId = user });
        var mail = MimeMessage.Read(relay.Of(row).Content);
        Assert.Equal((MailState.Sent, "Ieva — līgums"), (row.State, mail.Subject));
        Assert.StartsWith("ilze", mail.From.Mailboxes.Single().Name, StringComparison.Ordinal);
        Assert.Equal("crm@example.org", mail.From.Mailboxes.Single().Address);
        Assert.StartsWith("ilze", mail.ReplyTo.Mailboxes.Single().Address, StringComparison.Ordinal);
        Assert.Equal("Labdien!\n.\nIlze", mail.Text!.ReplaceLineEndings("\n").Trim());
        Assert.Equal(row.MessageId, mail.MessageId);
    }

    [Fact]
    public async Task Of_two_recipients_the_refused_one_is_named_and_the_other_has_it_once()
    {
        var row = await SentAsync(new MailDraft(["good@example.org", "gone@example.org"], "Two", "Text"));
        Assert.Equal(MailState.Sent, row.State);
        Assert.Contains("gone@example.org: 550", row.Detail, StringComparison.Ordinal);
        Assert.Equal(["good@example.org"], relay.Of(row).To);
    }

    [Fact]
    public async Task Who_is_told_later_is_tried_again_alone_and_nobody_gets_it_twice()
    {
        var row = await SentAsync(new MailDraft(["first@example.org", "busy@example.org"], "Later", "Text"), MailState.Waiting);
        Assert.Equal(("busy@example.org", 1), (row.Recipients, row.Attempts));
        Assert.True(row.DueAt > TimeProvider.System.GetUtcNow());
        relay.Rests("busy@example.org");
        await ChangeAsync(row.Id, mail => mail.DueAt = TimeProvider.System.GetUtcNow());
        row = await UntilAsync(row.Id, m => m.State == MailState.Sent);
        Assert.Equal(["first@example.org", "busy@example.org"], relay.AllOf(row).SelectMany(m => m.To));
    }

    [Fact]
    public async Task One_whose_answer_was_not_heard_is_named_and_waits_for_a_word()
    {
        var row = await SentAsync(new MailDraft(["unheard@example.org"], "Heard?", "Text"), MailState.Unheard);
        Assert.Null(row.DueAt);
        using var admin = await Browser.SignedInAsync(host, "admin");
        Assert.Contains("Perhaps sent", await admin.ReadAsync("/admin/mail?show=open"), StringComparison.Ordinal);
        Assert.Single(relay.AllOf(row));
        relay.Rests("unheard@example.org");
        using var again = await admin.PostAsync("/admin/mail", new() { ["id"] = row.Id.ToString(), ["act"] = "again" });
        Assert.Equal(HttpStatusCode.Redirect, again.StatusCode);
        await UntilAsync(row.Id, m => m.State == MailState.Sent);
        Assert.Equal(2, relay.AllOf(row).Count);
        using var settled = await admin.PostAsync("/admin/mail", new() { ["id"] = row.Id.ToString(), ["act"] = "again" });
        Assert.Equal(HttpStatusCode.NotFound, settled.StatusCode);
    }

    [Fact]
    public async Task One_that_was_on_its_way_when_the_server_ended_is_named()
    {
        var left = await UntilAsync(relay.LeftOver, m => m.State != MailState.Sending);
        Assert.Equal(MailState.Unheard, left.State);
        Assert.Empty(relay.AllOf(left));
    }

    [Fact]
    public async Task A_relay_that_is_away_loses_nothing()
    {
        relay.IsAway = true;
        var row = await SentAsync(new MailDraft(["patient@example.org"], "Patience", "Text"), MailState.Waiting, m => m.Detail.Length > 0);
        Assert.Equal(0, row.Attempts);
        relay.IsAway = false;
        await UntilAsync(row.Id, m => m.State == MailState.Sent);
        Assert.Single(relay.AllOf(row));
    }

    [Fact]
    public async Task What_becomes_of_one_mail_changes_nothing_about_another_that_is_on_its_way()
    {
        Guid held = default, next = default, forgotten = default;
        await InAsync(
            async mail =>
            {
                held = await mail.SendAsync(new MailDraft(["held@example.org"], "Held", "Text"), default);
                next = await mail.SendAsync(new MailDraft(["next@example.org"], "Next", "Text"), default);
                forgotten = await mail.SendAsync(new MailDraft(["forgotten@example.org"], "Forgotten", "Text"), default);
            },
            isSaved: true);
        Assert.True(await relay.IsHeld.WaitAsync(TimeSpan.FromSeconds(20)));
        await ChangeAsync(next, mail => (mail.State, mail.DueAt) = (MailState.GivenUp, null));
        await ChangeAsync(forgotten, mail => mail.Forget());
        relay.MayGoOn.Release();
        var sent = await UntilAsync(held, m => m.State != MailState.Sending);
        Assert.Equal(MailState.Sent, sent.State);
        Assert.Single(relay.AllOf(sent));
        Assert.Empty(relay.AllOf(await UntilAsync(next, m => m.State == MailState.GivenUp)));
    }

    [Fact]
    public async Task One_that_is_forgotten_while_it_goes_is_sent_and_stays_forgotten()
    {
        Guid held = default;
        await InAsync(async mail => held = await mail.SendAsync(new MailDraft(["held@example.org"], "Held back", "Text"), default), isSaved: true);
        Assert.True(await relay.IsHeld.WaitAsync(TimeSpan.FromSeconds(20)));
        await ChangeAsync(held, mail => mail.Forget());
        relay.MayGoOn.Release();
        var sent = await UntilAsync(held, m => m.SentAt is not null);
        Assert.Equal((MailState.Sent, "", ""), (sent.State, sent.Recipients, sent.Detail));
        Assert.Empty(sent.Content);
    }

    [Fact]
    public async Task An_address_that_is_none_keeps_nobody_else_from_his_notices()
    {
        var (bad, list, good) = (await UserAsync(), await UserAsync(), await UserAsync());
        await host.InAsync(async db =>
        {
            // As they could be saved once, when another rule said what an address is.
            (await db.Set<User>().SingleAsync(u => u.Id == bad.Id)).Email = "a..b@example.org";
            (await db.Set<User>().SingleAsync(u => u.Id == list.Id)).Email = $"anna,{list.Name}@example.org";
            db.AddRange(Told(bad.Id, "sixth"), Told(list.Id, "seventh"), Told(good.Id, "eighth"));
            await db.SaveChangesAsync();
        });
        await using var scope = host.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Actor>().IsSystem = true;
        Assert.Equal(JobOutcome.Done, (await scope.ServiceProvider.GetRequiredService<AskJob>().CompleteAsync("core.mail-notices", default)).Outcome);
        await UntilAsync(() => MailsTo(good).Count == 1);
        Assert.Empty(MailsTo(list));
        await host.InAsync(async db => Assert.False(await db.Set<Notification>().AnyAsync(n => n.UserId == bad.Id && n.SettledAt == null)));
        var fields = new UserFields { Email = "anna..b@firma.example" };
        await host.InAsync(async db => await Assert.ThrowsAsync<RuleViolation>(async () =>
            await fields.ApplyAsync(db, await db.Set<User>().Include(u => u.Roles).SingleAsync(u => u.Id == good.Id), new Microsoft.AspNetCore.Identity.UpperInvariantLookupNormalizer(), default)));
    }

    [Fact]
    public async Task What_is_not_committed_is_not_sent_and_what_is_no_address_is_refused()
    {
        await InAsync(async mail =>
        {
            await Assert.ThrowsAsync<RuleViolation>(() => mail.SendAsync(new MailDraft(["not an address"], "x", "x"), default));
            await Assert.ThrowsAsync<RuleViolation>(() => mail.SendAsync(new MailDraft([], "x", "x"), default));
            await mail.SendAsync(new MailDraft(["never@example.org"], "Never", "x"), default);
        }, isSaved: false);
        var row = await SentAsync(new MailDraft(["sly@example.org"], "a\r\nBcc: hidden@example.org", "x"));
        Assert.Empty(MimeMessage.Read(relay.Of(row).Content).Bcc);
        Assert.DoesNotContain(relay.Mails, m => m.To.Contains("never@example.org"));
    }

    [Fact]
    [Trait("F", "43")]
    public async Task Notices_are_mailed_as_each_user_chose_and_what_was_read_is_not()
    {
        var (atOnce, never, daily, has) = (await UserAsync(), await UserAsync(), await UserAsync(), await UserAsync());
        using (var browser = await Browser.SignedInAsync(host, never.Name))
        {
            using var saved = await browser.PostAsync("/profile/notifications", new() { [$"Mail[{JobWatch.Alarm.Name}]"] = "Never" });
            Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
            using var nonsense = await browser.PostAsync("/profile/notifications", new() { [$"Mail[{JobWatch.Alarm.Name}]"] = "Pigeon" });
            Assert.Equal(HttpStatusCode.BadRequest, nonsense.StatusCode);
        }

        // Where he is, it is past seven in the morning now.
        var zone = Zones.All.First(z => TimeZoneInfo.ConvertTime(TimeProvider.System.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById(z)).Hour is > 7 and < 22);
        await host.InAsync(async db =>
        {
            (await db.Set<User>().SingleAsync(u => u.Id == daily.Id)).TimeZone = zone;
            db.Add(new NoticeChoice { UserId = daily.Id, Kind = JobWatch.Alarm.Name, Mail = NoticeMail.Daily });
            db.AddRange(Told(atOnce.Id, "first"), Told(never.Id, "second"), Told(daily.Id, "third", days: 1), Told(daily.Id, "fourth", days: 1), Told(has.Id, "fifth", isRead: true));
            await db.SaveChangesAsync();
        });
        await using (var scope = host.Services.CreateAsyncScope())
        {
            scope.ServiceProvider.GetRequiredService<Actor>().IsSystem = true;
            Assert.Equal(JobOutcome.Done, (await scope.ServiceProvider.GetRequiredService<AskJob>().CompleteAsync("core.mail-notices", default)).Outcome);
        }

        await UntilAsync(() => MailsTo(atOnce).Count == 1 && MailsTo(daily).Count == 1);
        Assert.Contains("first", MailsTo(atOnce)[0].Subject, StringComparison.Ordinal);
        Assert.Contains("/notifications?open=", MailsTo(atOnce)[0].Text, StringComparison.Ordinal);
        Assert.True(MailsTo(daily)[0].Text!.Contains("third", StringComparison.Ordinal) && MailsTo(daily)[0].Text!.Contains("fourth", StringComparison.Ordinal));
        Assert.Empty(MailsTo(never).Concat(MailsTo(has)));
    }

    private static Notification Told(Guid user, string job, int days = 0, bool isRead = false) => new()
    {
        UserId = user, Kind = JobWatch.Alarm.Name, Text = "The job “{0}” has not succeeded in its time", Values = $"[\"{job}\"]",
        At = TimeProvider.System.GetUtcNow().AddDays(-days), ReadAt = isRead ? TimeProvider.System.GetUtcNow() : null,
    };

    private async Task<(Guid Id, string Name)> UserAsync()
    {
        var name = "n" + Guid.CreateVersion7().ToString("N");
        return (await new People(host).UserAsync(name, Abstractions.Security.ReadyRoles.Sales), name);
    }

    private List<MimeMessage> MailsTo((Guid Id, string Name) user) =>
        [.. relay.Mails.Where(m => m.To.Any(t => t.Contains(user.Name, StringComparison.OrdinalIgnoreCase))).Select(m => MimeMessage.Read(m.Content))];

    private static async Task UntilAsync(Func<bool> isSo)
    {
        for (var turn = 0; turn < 300 && !isSo(); turn++)
            await Task.Delay(100);
        Assert.True(isSo());
    }

    private async Task<SentMail> SentAsync(MailDraft draft, MailState state = MailState.Sent, Func<SentMail, bool>? isWanted = null)
    {
        var id = Guid.Empty;
        await InAsync(async mail => id = await mail.SendAsync(draft, default), isSaved: true);
        return await UntilAsync(id, m => m.State == state && m.Attempts + m.Detail.Length > 0 && (isWanted is null || isWanted(m)));
    }

    private async Task InAsync(Func<IOutgoingMail, Task> work, bool isSaved)
    {
        await using var scope = host.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Actor>().IsSystem = true;
        await work(scope.ServiceProvider.GetRequiredService<IOutgoingMail>());
        if (isSaved)
            await scope.ServiceProvider.GetRequiredService<KernelDb>().SaveChangesAsync();
    }

    private Task ChangeAsync(Guid id, Action<SentMail> change) => host.InAsync(async db =>
    {
        change(await db.Set<SentMail>().SingleAsync(m => m.Id == id));
        await db.SaveChangesAsync();
    });

    private async Task<SentMail> UntilAsync(Guid id, Func<SentMail, bool> isSo)
    {
        SentMail? row = null;
        for (var turn = 0; turn < 300; turn++)
        {
            await host.InAsync(async db => row = await db.Set<SentMail>().AsNoTracking().SingleAsync(m => m.Id == id));
            if (isSo(row!))
                return row!;
            await Task.Delay(100);
        }

        throw new TimeoutException($"The mail stays {row!.State}: {row.Detail}");
    }
}

/// <summary>A relay that refuses gone@, puts busy@ off, and falls silent after taking unheard@'s mail.</summary>
public sealed class Relay : IAsyncDisposable
{
    private readonly HashSet<string> _rested = [];
    private readonly MailSink _sink;
    private string _to = "";

    public Relay() => _sink = MailSink.Start(new SinkOptions { Script = Act });

    internal bool IsAway { get; set; }

    internal Guid LeftOver { get; set; }

    /// <summary>Let go when a mail to held@ was taken and its answer is awaited.</summary>
    internal SemaphoreSlim IsHeld { get; } = new(0);

    internal SemaphoreSlim MayGoOn { get; } = new(0);

    internal int Port => _sink.Port;

    internal IReadOnlyCollection<SinkMail> Mails => _sink.Mails;

    internal void Rests(string address) => _rested.Add(address);

    internal SinkMail Of(SentMail row) => Assert.Single(AllOf(row));

    internal IReadOnlyList<SinkMail> AllOf(SentMail row) => [.. Mails.Where(m => m.Text.Contains(row.MessageId, StringComparison.Ordinal))];

    public async ValueTask DisposeAsync()
    {
        await _sink.DisposeAsync();
        IsHeld.Dispose();
        MayGoOn.Dispose();
    }

    private SinkAct? Act(SinkStep step)
    {
        if (IsAway && step.Phase is (SinkPhase.Greeting or SinkPhase.MailFrom))
            return SinkAct.Drop;
        if (step.Phase == SinkPhase.RcptTo)
            _to = step.Line;
        if (step.Phase == SinkPhase.Dot && _to.Contains("held@", StringComparison.Ordinal))
        {
            IsHeld.Release();
            MayGoOn.Wait(TimeSpan.FromSeconds(20));
        }

        return step.Phase switch
        {
            SinkPhase.RcptTo when step.Line.Contains("gone@", StringComparison.Ordinal) => SinkAct.Say("550 5.1.1 Gone"),
            SinkPhase.RcptTo when step.Line.Contains("busy@", StringComparison.Ordinal) && !_rested.Contains("busy@example.org") => SinkAct.Say("451 4.2.1 Busy"),
            SinkPhase.Dot when _to.Contains("unheard@", StringComparison.Ordinal) && !_rested.Contains("unheard@example.org") => SinkAct.Drop,
            _ => null,
        };
    }
}

/// <summary>A server on SQLite with a relay.</summary>
public sealed class SqliteMailHost : SqliteHost
{
    public Relay Relay { get; } = new();

    /// <inheritdoc/>
    protected override IReadOnlyDictionary<string, string?> Settings => MailHosts.Settings(Relay);

    /// <inheritdoc/>
    protected override async Task SeedAsync()
    {
        await base.SeedAsync();
        await MailHosts.LeaveAsync(this, Relay);
    }
}

/// <summary>A server on PostgreSQL with a relay.</summary>
public sealed class PostgresMailHost : PostgresHost
{
    public Relay Relay { get; } = new();

    /// <inheritdoc/>
    protected override IReadOnlyDictionary<string, string?> Settings => MailHosts.Settings(Relay);

    /// <inheritdoc/>
    protected override async Task SeedAsync()
    {
        await base.SeedAsync();
        await MailHosts.LeaveAsync(this, Relay);
    }
}

/// <summary>What both servers have.</summary>
internal static class MailHosts
{
    public static Dictionary<string, string?> Settings(Relay relay) => new()
    {
        ["Mail:From"] = "crm@example.org",
        ["Mail:Smtp:Host"] = "127.0.0.1",
        ["Mail:Smtp:Port"] = relay.Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ["Mail:Smtp:Security"] = "Plain",
        ["Mail:RetrySeconds"] = "1",
    };

    // As a server leaves it that ended between the final dot and its answer.
    public static async Task LeaveAsync(CrmHost host, Relay relay)
    {
        var left = new SentMail { At = TimeProvider.System.GetUtcNow(), State = MailState.Sending, DueAt = TimeProvider.System.GetUtcNow(), MessageId = "<left@example.org>", Sender = "crm@example.org", Recipients = "left@example.org" };
        relay.LeftOver = left.Id;
        await host.InAsync(async db =>
        {
            db.Add(left);
            await db.SaveChangesAsync();
        });
    }
}

/// <summary>On SQLite.</summary>
public sealed class SqliteMailTests(SqliteMailHost host) : MailTests(host, host.Relay), IClassFixture<SqliteMailHost>;

/// <summary>On PostgreSQL.</summary>
public sealed class PostgresMailTests(PostgresMailHost host) : MailTests(host, host.Relay), IClassFixture<PostgresMailHost>;
