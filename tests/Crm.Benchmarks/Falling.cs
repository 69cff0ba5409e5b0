using System.Diagnostics;
using System.Globalization;
using Crm.Abstractions.Mail;
using Crm.Abstractions.Security;
using Crm.Activities.Tasks;
using Crm.Kernel.Jobs;
using Crm.Kernel.Notifications;
using Crm.Mail.Testing;
using Crm.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Benchmarks;

/// <summary>What falls to the server all at once: follow-ups that are due at the same second, and mail that waits for its relay.</summary>
internal sealed class Falling(IReadOnlyDictionary<string, string?> settings, BenchTable table, Action<string> tell)
{
    private const int FollowUps = 10_000;
    private const int Mails = 5_000;
    private const int Chunk = 250;
    private static readonly TimeSpan _longest = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan _planning = TimeSpan.FromMinutes(3);

    public Task DueAsync() => PreparedAsync(settings, async host =>
    {
        tell("Planning follow-ups …");
        var due = TimeProvider.System.GetUtcNow() + _planning;
        var ids = await PlanAsync(host, new DateTimeOffset(due.Year, due.Month, due.Day, due.Hour, due.Minute, due.Second, TimeSpan.Zero));
        await using var server = await ServerProcess.StartAsync(settings);
        if (TimeProvider.System.GetUtcNow() > due)
            throw new InvalidOperationException("Planning took longer than it may.");
        await Task.Delay(due - TimeProvider.System.GetUtcNow());
        var (started, worked) = (Stopwatch.GetTimestamp(), server.Worked);
        while (await CountAsync(host, db => db.Set<DueFact>().CountAsync(d => d.DueAt <= due)) > 0)
            await PauseAsync(started);
        var took = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var told = await CountAsync(host, db => db.Set<Notification>().CountAsync(n => n.RecordId != null && ids.Contains(n.RecordId!.Value)));
        table.One(
            string.Create(CultureInfo.InvariantCulture, $"{told:N0} follow-ups due at the same second: all told, counted from that second; {(server.Worked - worked).TotalMilliseconds / FollowUps:0.00} ms of processor time each"),
            string.Create(CultureInfo.InvariantCulture, $"{took:0.0} s"), "≤ 15 s", told == FollowUps && took <= 15);
    });

    public async Task MailAsync()
    {
        await using var sink = MailSink.Start();
        var relayed = new Dictionary<string, string?>(settings)
        {
            ["Mail:From"] = "crm@mail.example",
            ["Mail:Smtp:Host"] = "127.0.0.1",
            ["Mail:Smtp:Port"] = sink.Port.ToString(CultureInfo.InvariantCulture),
            ["Mail:Smtp:Security"] = "Plain",
        };
        await PreparedAsync(relayed, async host =>
        {
            tell("Writing mail …");
            await WriteAsync(host);
            await using var server = await ServerProcess.StartAsync(relayed);
            await sink.WaitForAsync(1, _longest);
            var (first, started, worked) = (sink.Mails.Count, Stopwatch.GetTimestamp(), server.Worked);
            await sink.WaitForAsync(Mails, _longest);
            var speed = (Mails - first) / Stopwatch.GetElapsedTime(started).TotalSeconds;
            table.One(
                string.Create(CultureInfo.InvariantCulture, $"{Mails:N0} mails to a relay on the same machine, the sent list kept; {(server.Worked - worked).TotalMilliseconds / (Mails - first):0.00} ms of processor time each"),
                string.Create(CultureInfo.InvariantCulture, $"{speed:N0} mails/s"), "≥ 200 mails/s", speed >= 200);
        });
    }

    private static async Task PreparedAsync(IReadOnlyDictionary<string, string?> place, Func<BenchHost, Task> work)
    {
        var host = new BenchHost(place);
        await host.InitializeAsync();
        try
        {
            await work(host);
        }
        finally
        {
            await host.DisposeAsync();
        }
    }

    private static async Task<HashSet<Guid>> PlanAsync(BenchHost host, DateTimeOffset due)
    {
        var me = await new People(host).UserAsync("reminded", ReadyRoles.Sales);
        var ids = new HashSet<Guid>();
        foreach (var chunk in Enumerable.Range(0, FollowUps).Chunk(Chunk))
        {
            await host.InAsync(async db =>
            {
                foreach (var number in chunk)
                {
                    var task = CrmTask.New();
                    (task.Subject, task.RemindMinutes) = (string.Create(CultureInfo.InvariantCulture, $"Number {number}"), 0);
                    task.Plan(DateOnly.FromDateTime(due.UtcDateTime), TimeOnly.FromDateTime(due.UtcDateTime), "Etc/UTC");
                    task.Assign(me);
                    db.Add(task);
                    ids.Add(task.Id);
                }

                await db.SaveChangesAsync();
            });
        }

        return ids;
    }

    private static async Task WriteAsync(BenchHost host)
    {
        foreach (var chunk in Enumerable.Range(0, Mails).Chunk(Chunk))
        {
            await using var scope = host.Services.CreateAsyncScope();
            var actor = scope.ServiceProvider.GetRequiredService<Kernel.Security.Actor>();
            (actor.IsSystem, actor.Door) = (true, "command");
            var mail = scope.ServiceProvider.GetRequiredService<IOutgoingMail>();
            foreach (var number in chunk)
                await mail.SendAsync(new MailDraft([$"customer{number}@mail.example"], $"Offer {number}", new string('x', 70) + "\n" + new string('y', 70) + "\nKind regards\n"), CancellationToken.None);
            await scope.ServiceProvider.GetRequiredService<Kernel.Data.KernelDb>().SaveChangesAsync();
        }
    }

    private static async Task PauseAsync(long started)
    {
        if (Stopwatch.GetElapsedTime(started) > _longest)
            throw new InvalidOperationException("Not all are told.");
        await Task.Delay(200);
    }

    private static async Task<int> CountAsync(BenchHost host, Func<Kernel.Data.KernelDb, Task<int>> count)
    {
        var found = 0;
        await host.InAsync(async db => found = await count(db));
        return found;
    }
}
