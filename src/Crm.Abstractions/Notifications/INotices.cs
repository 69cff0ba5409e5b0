namespace Crm.Abstractions.Notifications;

/// <summary>Tells users what concerns them: in the page at once, and by mail as each has chosen for the kind.</summary>
public interface INotices
{
    /// <summary>Adds a notice. Saved with the scope's unit, and shown once that is committed.</summary>
    /// <param name="notice">What is told to whom.</param>
    void Tell(Notice notice);
}

/// <summary>Something that one user is told.</summary>
/// <param name="UserId">Who is told.</param>
/// <param name="Kind">One of the kinds that modules list with <c>AddNoticeKind</c>.</param>
/// <param name="Text">What is said, in English with <c>{0}</c> for the values: the localiser's key.</param>
/// <param name="Values">The values in the text, as words.</param>
public sealed record Notice(Guid UserId, string Kind, string Text, params IReadOnlyList<string> Values)
{
    /// <summary>The record that it is about: who may not see it any more does not see the notice either.</summary>
    public Guid? RecordId { get; init; }

    /// <summary>Where it leads, where that is not the record's page.</summary>
    public string? Url { get; init; }
}

/// <summary>A sort of notice, for which each user chooses how he is told.</summary>
/// <param name="Name">As <c>module.what</c>, such as <c>activities.task-due</c>.</param>
/// <param name="Label">What it is called in the settings, in English.</param>
/// <param name="Icon">The icon's name.</param>
/// <param name="Mail">How it is mailed to whoever chose nothing.</param>
public sealed record NoticeKind(string Name, string Label, string Icon, NoticeMail Mail)
{
    /// <summary>The class whose localiser translates label and texts.</summary>
    public required Type Texts { get; init; }
}

/// <summary>How notices of a kind are mailed.</summary>
public enum NoticeMail
{
    /// <summary>Not at all.</summary>
    Never,

    /// <summary>One mail each, at once.</summary>
    AtOnce,

    /// <summary>Together, once a day.</summary>
    Daily,
}
