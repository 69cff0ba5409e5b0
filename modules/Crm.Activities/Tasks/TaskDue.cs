using Crm.Abstractions.Notifications;

namespace Crm.Activities.Tasks;

/// <summary>The time has come to remind of a task.</summary>
/// <param name="TaskId">The task.</param>
/// <param name="At">The moment that was planned: a task that was put off since is not due.</param>
internal sealed record TaskDue(Guid TaskId, DateTimeOffset At);

/// <summary>A task that somebody gave to a colleague was not done in its time.</summary>
/// <param name="TaskId">The task.</param>
/// <param name="At">Its time, as it was planned: one that was put off since is not late.</param>
internal sealed record TaskLate(Guid TaskId, DateTimeOffset At);

/// <summary>What users are told about tasks.</summary>
internal static class TaskNotices
{
    public const string Reminder = "reminder";
    public const string Lateness = "late";

    public static NoticeKind Due { get; } = new("activities.task-due", "A task of mine is due", "alarm", NoticeMail.AtOnce) { Texts = typeof(ActivitiesText) };

    public static NoticeKind Assigned { get; } = new("activities.task-assigned", "A task is given to me", "user-share", NoticeMail.AtOnce) { Texts = typeof(ActivitiesText) };

    public static NoticeKind Done { get; } = new("activities.task-done", "A task that I gave to a colleague is done", "circle-check", NoticeMail.Daily) { Texts = typeof(ActivitiesText) };

    public static NoticeKind Late { get; } = new("activities.task-late", "A task that I gave to a colleague is overdue", "alert-triangle", NoticeMail.Daily) { Texts = typeof(ActivitiesText) };
}
