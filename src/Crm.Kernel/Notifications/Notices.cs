using System.Text.Json;
using Crm.Abstractions.Notifications;
using Crm.Kernel.Data;
using Crm.Kernel.Live;

namespace Crm.Kernel.Notifications;

/// <summary>Adds notices to the unit of whoever tells them.</summary>
internal sealed class Notices(KernelDb db, IEnumerable<NoticeKind> kinds, LiveNews news, TimeProvider clock) : INotices
{
    public void Tell(Notice notice)
    {
        if (kinds.All(k => k.Name != notice.Kind))
            throw new InvalidOperationException($"The kind {notice.Kind} is not listed with AddNoticeKind.");
        news.Users.Add(notice.UserId);
        db.Add(new Notification
        {
            UserId = notice.UserId,
            At = clock.GetUtcNow(),
            Kind = notice.Kind,
            Text = notice.Text,
            Values = JsonSerializer.Serialize(notice.Values),
            RecordId = notice.RecordId,
            Url = notice.Url,
        });
    }
}
