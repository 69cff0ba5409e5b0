using System.Globalization;
using Crm.Abstractions.Mail;
using Crm.Abstractions.Notifications;
using Crm.Abstractions.Records;
using Crm.Kernel.Data;
using Crm.Kernel.RecordPages;
using Crm.Kernel.Security;
using Crm.Kernel.Settings;
using Crm.Kernel.Users;
using Crm.Mail.Addresses;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging;
using Quartz;

namespace Crm.Kernel.Notifications;

/// <summary>Mails notices as each user chose: one by one, or together at seven in the morning of his day. Those that he has read by then need no mail.</summary>
internal sealed partial class MailNotices(
    IServiceScopeFactory scopes,
    KernelDb db,
    IEnumerable<NoticeKind> kinds,
    SiteSettings site,
    IConfiguration configuration,
    TimeProvider clock,
    IStringLocalizer<PageText> text,
    ILogger<MailNotices> log) : IJob
{
    private const int Most = 500;
    private static readonly TimeOnly _morning = new(7, 0);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var (after, mailed) = (Guid.Empty, 0);
        while (await NextAsync(after, cancellationToken) is { Count: > 0 } open)
        {
            // Those that wait for their morning stay open: whoever comes behind them is not held up.
            after = open[^1].Id;
            foreach (var mine in open.GroupBy(n => n.UserId))
                mailed += await TryMailAsync(mine.Key, [.. mine], cancellationToken);
        }

        context.Result = $"{mailed} mailed";
    }

    private Task<List<Notification>> NextAsync(Guid after, CancellationToken ct) =>
        db.Set<Notification>().AsNoTracking().Where(n => n.SettledAt == null && n.Id > after).OrderBy(n => n.Id).Take(Most).ToListAsync(ct);

    // One user's trouble is nobody else's: his notices stay open, and those behind him get theirs.
    private async Task<int> TryMailAsync(Guid userId, List<Notification> notices, CancellationToken ct)
    {
        try
        {
            return await MailAsync(userId, notices, ct);
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            LogFailed(failure, userId);
            return 0;
        }
    }

    private async Task<int> MailAsync(Guid userId, List<Notification> notices, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var actor = scope.ServiceProvider.GetRequiredService<Actor>();
        (actor.UserId, actor.Door) = (userId, "job");
        var own = scope.ServiceProvider.GetRequiredService<KernelDb>();
        var outgoing = scope.ServiceProvider.GetRequiredService<IOutgoingMail>();
        var user = await own.Set<User>().AsNoTracking().FirstAsync(u => u.Id == userId, ct);
        var choices = await own.Set<NoticeChoice>().AsNoTracking().Where(c => c.UserId == userId).ToDictionaryAsync(c => c.Kind, c => c.Mail, ct);
        var zone = Zones.Of(user.TimeZone, site.Now.TimeZone);
        var ready = notices.Where(n => IsTime(ChoiceOf(n, choices), n, zone)).ToList();
        // Nobody is mailed by an address that is none: he finds his notices where they are shown.
        var hasAddress = Mailbox.TryCreate(null, user.Email, out var address);
        if (!hasAddress)
            LogNoAddress(userId);
        var wanted = outgoing.IsReady && hasAddress && user.DisabledAt is null ? ready.Where(n => n.ReadAt is null && ChoiceOf(n, choices) != NoticeMail.Never).ToList() : [];
        CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = Languages.CultureOf(user.Language, site.Now.Language);
        // As he sees them now: what is about a record that is no longer his to see is not there.
        var views = (await scope.ServiceProvider.GetRequiredService<MyNotices>().OfAsync(wanted.ConvertAll(n => n.Id), ct)).ToDictionary(v => v.Id);
        foreach (var mail in Mails(wanted.Where(n => views.ContainsKey(n.Id)).ToList(), views, choices))
            await outgoing.SendAsync(mail with { To = [address!.Address] }, ct);
        var ids = ready.ConvertAll(n => n.Id);
        foreach (var row in await own.Set<Notification>().Where(n => ids.Contains(n.Id)).ToListAsync(ct))
            row.SettledAt = clock.GetUtcNow();
        await own.SaveChangesAsync(ct);
        return views.Count;
    }

    private IEnumerable<MailDraft> Mails(List<Notification> notices, Dictionary<Guid, NoticeView> views, Dictionary<string, NoticeMail> choices)
    {
        foreach (var notice in notices.Where(n => ChoiceOf(n, choices) == NoticeMail.AtOnce))
        {
            var view = views[notice.Id];
            yield return new MailDraft([], OneLine(view.Text), $"{view.Text}\n\n{Link(notice.Id)}\n") { RecordId = notice.RecordId };
        }

        var digest = notices.Where(n => ChoiceOf(n, choices) == NoticeMail.Daily).ToList();
        if (digest.Count > 0)
        {
            var lines = digest.Select(n => $"- {views[n.Id].Text}\n  {Link(n.Id)}");
            yield return new MailDraft([], text["{0}: {1} new notifications", site.Now.Name, digest.Count], string.Join('\n', lines) + "\n")
            {
                FurtherRecordIds = [.. digest.Select(n => n.RecordId).OfType<Guid>().Distinct()],
            };
        }
    }

    private NoticeMail ChoiceOf(Notification notice, Dictionary<string, NoticeMail> choices) =>
        choices.TryGetValue(notice.Kind, out var chosen) ? chosen : kinds.FirstOrDefault(k => k.Name == notice.Kind)?.Mail ?? NoticeMail.Never;

    // A digest holds what came before its morning.
    private bool IsTime(NoticeMail choice, Notification notice, TimeZoneInfo zone)
    {
        if (choice != NoticeMail.Daily)
            return true;
        var now = TimeZoneInfo.ConvertTime(clock.GetUtcNow(), zone);
        var morning = now.Date + _morning.ToTimeSpan();
        return now.DateTime >= morning && TimeZoneInfo.ConvertTime(notice.At, zone).DateTime < morning;
    }

    private string Link(Guid notice)
    {
        var address = configuration["Site:Address"] is { Length: > 0 } said ? said : (configuration["Urls"] ?? "").Split(';')[0];
        return $"{address.TrimEnd('/')}/notifications?open={notice}";
    }

    [LoggerMessage(LogLevel.Error, "The notices of the user {User} were not mailed; trying again.")]
    private partial void LogFailed(Exception failure, Guid user);

    [LoggerMessage(LogLevel.Warning, "The user {User} has no e-mail address that could be written to: his notices are not mailed.")]
    private partial void LogNoAddress(Guid user);

    private static string OneLine(string words) => PlainText.Shorten(words.ReplaceLineEndings(" "), 150);
}
